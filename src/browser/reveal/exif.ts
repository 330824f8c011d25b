import type { Trace } from '../../submission/photo.ts';
import { attempt, type Bytes } from './bytes.ts';
import { note, type Place, type Revealed } from './findings.ts';

interface Tag {
  type: number;
  count: number;
  /** Where the value lies. */
  at: number;
}
type Directory = Map<number, Tag>;

const [CAMERA, GPS, THUMBNAIL] = [0x8769, 0x8825, 0x0201];
/** Bytes of one value by TIFF type, 1 to 12. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** Cameras write up to about 60 tags; a larger directory is a lie. */
const MOST_TAGS = 500;
const LONGEST_TEXT = 400;

/** What each tag tells. Maker notes are closed formats that mostly hold a serial number. */
const TRACE_OF_TAG: Record<number, Trace> = {
  270: 'comment',
  271: 'device',
  272: 'device',
  305: 'software',
  306: 'time',
  315: 'author',
  316: 'device',
  33432: 'author',
  36867: 'time',
  36868: 'time',
  37500: 'serial',
  37510: 'comment',
  40091: 'comment',
  40092: 'comment',
  40093: 'author',
  42016: 'serial',
  42032: 'author',
  42033: 'serial',
  42035: 'device',
  42036: 'device',
  42037: 'serial',
  50735: 'serial',
};

/** Reads a TIFF block, with or without its `Exif\0\0`. What is broken is left out. */
export function readExif(block: Bytes, { findings, ...revealed }: Revealed): Place | undefined {
  const start = attempt(() => block.text(0, 4)) === 'Exif' ? 6 : 0;
  const tiff = attempt(() => block.slice(start, block.length - start));
  const little = tiff && attempt(() => tiff.text(0, 2)) === 'II';
  const first = tiff && attempt(() => directory(tiff, tiff.u32(4, little), little ?? false));
  if (!tiff || !first) return revealed.place;

  const pointed = (id: number): Directory => {
    const tag = first.get(id);
    const found = tag && attempt(() => directory(tiff, tiff.u32(tag.at, little), little ?? false));
    return found ?? new Map();
  };
  for (const [id, tag] of [...first, ...pointed(CAMERA)]) {
    const trace = TRACE_OF_TAG[id];
    if (trace) note(findings, trace, textOf(tiff, tag));
  }
  if (attempt(() => hasThumbnail(tiff, little ?? false))) note(findings, 'thumbnail');
  const gps = pointed(GPS);
  if ([...gps.keys()].some((id) => id !== 0)) note(findings, 'gps');
  return attempt(() => placeOf(tiff, gps, little ?? false)) ?? revealed.place;
}

function directory(tiff: Bytes, at: number, little: boolean): Directory {
  const tags: Directory = new Map();
  const count = Math.min(tiff.u16(at, little), MOST_TAGS);
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12;
    const tag = {
      type: tiff.u16(entry + 2, little),
      count: tiff.u32(entry + 4, little),
      at: entry + 8,
    };
    const size = (TYPE_BYTES[tag.type] ?? 0) * tag.count;
    if (size > 4) tag.at = tiff.u32(entry + 8, little);
    if (size > 0) tags.set(tiff.u16(entry, little), tag);
  }
  return tags;
}

function hasThumbnail(tiff: Bytes, little: boolean): boolean {
  const start = tiff.u32(4, little);
  const next = tiff.u32(start + 2 + tiff.u16(start, little) * 12, little);
  return next > 0 && directory(tiff, next, little).has(THUMBNAIL);
}

/** Only texts are shown; of other kinds of values it is enough to know that they are there. */
function textOf(tiff: Bytes, { type, count, at }: Tag): string {
  if (type !== 2) return '';
  const bytes = attempt(() => tiff.array(at, Math.min(count, LONGEST_TEXT)));
  return bytes ? new TextDecoder().decode(bytes).split('\0', 1).join() : '';
}

function placeOf(tiff: Bytes, gps: Directory, little: boolean): Place | undefined {
  const sign = (id: number, negative: string) => {
    const tag = gps.get(id);
    return tag && textOf(tiff, tag).startsWith(negative) ? -1 : 1;
  };
  const latitude = degrees(tiff, gps.get(2), little) * sign(1, 'S');
  const longitude = degrees(tiff, gps.get(4), little) * sign(3, 'W');
  const real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Phones without a fix write 0/0, a spot in the Atlantic.
  return real && (latitude !== 0 || longitude !== 0) ? { latitude, longitude } : undefined;
}

/** Degrees, minutes, seconds as three fractions; NaN for anything else. */
function degrees(tiff: Bytes, tag: Tag | undefined, little: boolean): number {
  if (tag?.type !== 5 || tag.count !== 3) return Number.NaN;
  const fraction = (index: number) =>
    tiff.u32(tag.at + index * 8, little) / tiff.u32(tag.at + index * 8 + 4, little);
  // Some phones write seconds as 0/0.
  return fraction(0) + fraction(1) / 60 + (fraction(2) || 0) / 3600;
}
