import { type Box, boxes, type Extent, find, reader } from './boxes.ts';

/** What the container of a HEIC or AVIF says about its items, before any of them is decoded. */
export interface HeifParts {
  /** False when an item's bytes lie outside the file: it was cut, and would decode as blank. */
  whole: boolean;
  /** Largest claim of any item: a picture, a tile, a depth map. */
  width: number;
  height: number;
  /** ICC profile of the primary picture, if it carries one. */
  icc: Buffer | null;
  /** TIFF part of the EXIF item. */
  exif: Buffer | null;
  xmp: Buffer | null;
}

interface Item {
  type: string;
  extents: Extent[];
}

/**
 * Reads the `meta` box of a HEIF file (ISO/IEC 23008-12).
 * @throws RangeError when a box lies about its own length.
 */
export function readHeifParts(file: Buffer): HeifParts {
  const meta = find(boxes(file, { start: 0, end: file.length }), 'meta');
  if (!meta) throw new RangeError('no meta box');
  const inside = boxes(file, { start: meta.start + 4, end: meta.end });
  const items = [...readItems(file, inside).values()];
  const properties = readProperties(file, inside);
  const sizes = properties.all.filter((box) => box.type === 'ispe');
  return {
    whole: items.every((item) => item.extents.every((part) => part.end <= file.length)),
    width: Math.max(0, ...sizes.map((box) => file.readUInt32BE(box.start + 4))),
    height: Math.max(0, ...sizes.map((box) => file.readUInt32BE(box.start + 8))),
    // Some iPhones give the profile to the tiles of the primary picture only.
    icc: readProfile(file, properties.ofPrimary) ?? readProfile(file, properties.all),
    exif: withoutOffset(bytesOf(file, items, 'Exif')),
    xmp: bytesOf(file, items, 'mime'),
  };
}

function readItems(file: Buffer, meta: Box[]): Map<number, Item> {
  const items = new Map<number, Item>();
  const info = find(meta, 'iinf');
  if (info) {
    const skip = file[info.start] === 0 ? 6 : 8;
    for (const entry of boxes(file, { start: info.start + skip, end: info.end })) {
      const wide = (file[entry.start] ?? 0) >= 3;
      const id = wide ? file.readUInt32BE(entry.start + 4) : file.readUInt16BE(entry.start + 4);
      const typeAt = entry.start + (wide ? 10 : 8);
      items.set(id, { type: file.toString('latin1', typeAt, typeAt + 4), extents: [] });
    }
  }
  const place = find(meta, 'iloc');
  if (place) readLocations(file, place, find(meta, 'idat'), items);
  return items;
}

/** Fills in where the items' bytes lie: in the file, or in the `idat` box of the meta box. */
function readLocations(file: Buffer, box: Box, idat: Box | undefined, items: Map<number, Item>) {
  const version = file[box.start] ?? 0;
  const wide = version === 2;
  const read = reader(file, box.start + 4);
  const [offsetSize, lengthSize] = nibbles(read(1));
  const [baseSize, indexSize] = nibbles(read(1));
  // Extents of no bytes could be counted for hours.
  if (offsetSize + lengthSize === 0) throw new RangeError('extents without a place');
  for (let left = read(wide ? 4 : 2); left > 0; left -= 1) {
    const item = items.get(read(wide ? 4 : 2)) ?? { type: '', extents: [] };
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseSize) + (method === 1 && idat ? idat.start : 0);
    for (let extents = read(2); extents > 0; extents -= 1) {
      if (version > 0) read(indexSize);
      const start = base + read(offsetSize);
      // Method 2 points into another item, not into the file: nothing to compare with here.
      if (method < 2) item.extents.push({ start, end: start + read(lengthSize) });
      else read(lengthSize);
    }
  }
}

function readProperties(file: Buffer, meta: Box[]): { all: Box[]; ofPrimary: Box[] } {
  const primary = find(meta, 'pitm');
  const parent = find(meta, 'iprp');
  if (!parent) return { all: [], ofPrimary: [] };
  const inside = boxes(file, parent);
  const container = find(inside, 'ipco');
  const all = container ? boxes(file, container) : [];
  const links = find(inside, 'ipma');
  if (!primary || !links) return { all, ofPrimary: [] };
  const id = reader(file, primary.start + 4)(file[primary.start] === 0 ? 2 : 4);
  const ofPrimary = linksOf(file, links, id).flatMap((index) => all[index - 1] ?? []);
  return { all, ofPrimary };
}

/** Numbers (from 1) of the properties that belong to an item. */
function linksOf(file: Buffer, box: Box, id: number): number[] {
  const wideId = (file[box.start] ?? 0) > 0;
  const wideIndex = ((file[box.start + 3] ?? 0) & 1) === 1;
  const read = reader(file, box.start + 4);
  for (let left = read(4); left > 0; left -= 1) {
    const item = read(wideId ? 4 : 2);
    const indexes = Array.from({ length: read(1) }, () =>
      wideIndex ? read(2) & 0x7fff : read(1) & 0x7f,
    );
    if (item === id) return indexes;
  }
  return [];
}

function readProfile(file: Buffer, properties: Box[]): Buffer | null {
  const profile = properties.find(
    (box) =>
      box.type === 'colr' && /prof|rICC/.test(file.toString('latin1', box.start, box.start + 4)),
  );
  return profile ? file.subarray(profile.start + 4, profile.end) : null;
}

function bytesOf(file: Buffer, items: Item[], type: string): Buffer | null {
  const part = items.find((item) => item.type === type)?.extents[0];
  return part ? file.subarray(part.start, part.end) : null;
}

/** An EXIF item begins with the distance from its fifth byte to the TIFF part. */
function withoutOffset(item: Buffer | null): Buffer | null {
  if (!item || item.length < 4) return null;
  return item.subarray(4 + item.readUInt32BE(0));
}

function nibbles(byte: number): [number, number] {
  return [byte >> 4, byte & 15];
}
