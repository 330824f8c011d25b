import { attempt, type Bytes } from './bytes.ts';
import { readExif } from './exif.ts';
import { note, type Revealed } from './findings.ts';
import { readXmp } from './xmp.ts';

interface Box {
  type: string;
  start: number;
  end: number;
}

const MOST = 10_000;
const XMP_READ = 65_000;

/** Reads what the container of a HEIC or AVIF holds beside its pixels (ISO/IEC 23008-12). */
export function readHeif(file: Bytes, revealed: Revealed): void {
  const meta = find(boxes(file, 0, file.length), 'meta');
  if (!meta) return;
  const inside = boxes(file, meta.start + 4, meta.end);
  const types = itemTypes(file, find(inside, 'iinf'));
  for (const [id, { start, length }] of itemPlaces(file, find(inside, 'iloc'))) {
    const type = types.get(id);
    const body = () => file.slice(start, length);
    // An EXIF item begins with the distance from its fifth byte to the TIFF part.
    if (type === 'Exif') {
      const tiff = attempt(() =>
        file.slice(start + 4 + file.u32(start), length - 4 - file.u32(start)),
      );
      if (tiff) revealed.place = readExif(tiff, revealed);
    } else if (type === 'mime') {
      const text = attempt(() => body().text(0, Math.min(XMP_READ, length)));
      if (text) readXmp(text, revealed.findings);
    }
  }
  if (profileOf(file, inside)) note(revealed.findings, 'icc');
}

/** Whether the colours are those of Display P3, as iPhones save them. */
export function isDisplayP3(file: Bytes): boolean {
  const meta = attempt(() => find(boxes(file, 0, file.length), 'meta'));
  const profile = meta && attempt(() => profileOf(file, boxes(file, meta.start + 4, meta.end)));
  // The name of an ICC profile is written in two bytes per letter or in one.
  return profile?.replaceAll('\0', '').includes('Display P3') ?? false;
}

function profileOf(file: Bytes, meta: Box[]): string | undefined {
  const properties = find(meta, 'iprp');
  const container = properties && find(boxes(file, properties.start, properties.end), 'ipco');
  if (!container) return undefined;
  const profile = boxes(file, container.start, container.end).find(
    ({ type, start }) => type === 'colr' && /prof|rICC/.test(file.text(start, 4)),
  );
  return profile && file.text(profile.start, Math.min(XMP_READ, profile.end - profile.start));
}

function boxes(file: Bytes, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to && found.length < MOST; ) {
    const short = file.u32(at);
    const head = short === 1 ? 16 : 8;
    const length = short === 1 ? file.u32(at + 8) * 2 ** 32 + file.u32(at + 12) : short || to - at;
    if (length < head) return found;
    found.push({ type: file.text(at + 4, 4), start: at + head, end: Math.min(at + length, to) });
    at += length;
  }
  return found;
}

const find = (among: Box[], type: string) => among.find((box) => box.type === type);

function itemTypes(file: Bytes, info: Box | undefined): Map<number, string> {
  const types = new Map<number, string>();
  if (!info) return types;
  const skip = file.u8(info.start) === 0 ? 6 : 8;
  for (const { start } of boxes(file, info.start + skip, info.end)) {
    const wide = file.u8(start) >= 3;
    const id = wide ? file.u32(start + 4) : file.u16(start + 4);
    types.set(id, file.text(start + (wide ? 10 : 8), 4));
  }
  return types;
}

/** Where the first bytes of each item lie. */
function itemPlaces(file: Bytes, box: Box | undefined) {
  const places = new Map<number, { start: number; length: number }>();
  if (!box) return places;
  let at = box.start + 4;
  const read = (bytes: number): number => {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value = value * 256 + file.u8(at + index);
    at += bytes;
    return value;
  };
  const version = file.u8(box.start);
  const wide = version === 2 ? 4 : 2;
  const [sizes, bases] = [read(1), read(1)];
  for (let left = Math.min(read(wide), MOST); left > 0; left -= 1) {
    const id = read(wide);
    if (version > 0) read(2);
    read(2);
    const base = read(bases >> 4);
    for (let extents = Math.min(read(2), MOST); extents > 0; extents -= 1) {
      if (version > 0) read(bases & 15);
      const start = base + read(sizes >> 4);
      const length = read(sizes & 15);
      if (!places.has(id)) places.set(id, { start, length });
    }
  }
  return places;
}
