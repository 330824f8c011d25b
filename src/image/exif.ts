import type { Trace } from '../submission/photo.ts';

/** Degrees, north and east positive. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** What an EXIF block gives away. */
export interface Exif {
  traces: Trace[];
  taken: Place | null;
  /** The words of software and comment tags: screenshots name themselves there. */
  words: string;
}

interface Tag {
  type: number;
  count: number;
  /** Where the value lies; inside the block as far as `value` could tell. */
  at: number;
}
type Directory = Map<number, Tag>;

const [EXIF_DIRECTORY, GPS_DIRECTORY, THUMBNAIL] = [0x8769, 0x8825, 0x0201];
const [SOFTWARE, USER_COMMENT] = [0x0131, 0x9286];
const GPS_VERSION = 0;

/** What each tag of the picture's and the camera's directory tells (Exif 3.0; Windows XP tags). */
const TRACE_OF_TAG: Record<number, Trace[]> = {
  270: ['comment'],
  271: ['device'],
  272: ['device'],
  [SOFTWARE]: ['software'],
  306: ['time'],
  315: ['author'],
  316: ['device'],
  33432: ['author'],
  36867: ['time'],
  36868: ['time'],
  // Maker notes are closed formats; most hold the model and a serial number.
  37500: ['device', 'serial'],
  [USER_COMMENT]: ['comment'],
  40091: ['comment'],
  40092: ['comment'],
  40093: ['author'],
  42016: ['serial'],
  42032: ['author'],
  42033: ['serial'],
  42035: ['device'],
  42036: ['device'],
  42037: ['serial'],
  50735: ['serial'],
};

const NOTHING: Exif = { traces: [], taken: null, words: '' };
/** Bytes of one value by TIFF type, 1 to 12. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** Cameras write up to about 60 tags; a larger directory is a lie. */
const MOST_TAGS = 500;

/** Reads an EXIF block with or without its `Exif\0\0` prefix. Never throws: broken means nothing. */
export function readExif(block: Buffer): Exif {
  const start = block.toString('latin1', 0, 4) === 'Exif' ? 6 : 0;
  try {
    return readTiff(block.subarray(start));
  } catch (error) {
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}

function readTiff(tiff: Buffer): Exif {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const read = numbers(tiff, little);
  const first = directory(read, read(4, 4));
  const camera = subdirectory(read, first, EXIF_DIRECTORY);
  const gps = subdirectory(read, first, GPS_DIRECTORY);
  const traces = new Set(
    [...first.keys(), ...camera.keys()].flatMap((id) => TRACE_OF_TAG[id] ?? []),
  );
  if ([...gps.keys()].some((id) => id !== GPS_VERSION)) traces.add('gps');
  if (thumbnailOf(read, first)) traces.add('thumbnail');
  return {
    traces: [...traces],
    taken: placeOf(tiff, read, gps),
    words: [text(tiff, first.get(SOFTWARE)), text(tiff, camera.get(USER_COMMENT))].join(' '),
  };
}

type Read = (at: number, bytes: 2 | 4) => number;

function numbers(tiff: Buffer, little: boolean): Read {
  return (at, bytes) => (little ? tiff.readUIntLE(at, bytes) : tiff.readUIntBE(at, bytes));
}

function directory(read: Read, at: number): Directory {
  const tags: Directory = new Map();
  const count = Math.min(read(at, 2), MOST_TAGS);
  for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
    const tag = { type: read(entry + 2, 2), count: read(entry + 4, 4), at: entry + 8 };
    const bytes = (TYPE_BYTES[tag.type] ?? 0) * tag.count;
    if (bytes > 4) tag.at = read(entry + 8, 4);
    if (bytes > 0) tags.set(read(entry, 2), tag);
  }
  return tags;
}

/** A broken subdirectory costs only what it would have told. */
function subdirectory(read: Read, parent: Directory, id: number): Directory {
  const pointer = parent.get(id);
  if (!pointer) return new Map();
  try {
    return directory(read, read(pointer.at, 4));
  } catch {
    return new Map();
  }
}

function thumbnailOf(read: Read, first: Directory): boolean {
  const start = read(4, 4);
  const next = first.size > 0 ? read(start + 2 + read(start, 2) * 12, 4) : 0;
  return next > 0 && directory(read, next).has(THUMBNAIL);
}

function placeOf(tiff: Buffer, read: Read, gps: Directory): Place | null {
  const latitude = degrees(read, gps.get(2)) * (text(tiff, gps.get(1)) === 'S' ? -1 : 1);
  const longitude = degrees(read, gps.get(4)) * (text(tiff, gps.get(3)) === 'W' ? -1 : 1);
  const real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Phones without a fix write 0/0, a spot in the Atlantic.
  return real && (latitude !== 0 || longitude !== 0) ? { latitude, longitude } : null;
}

/** Degrees, minutes, seconds as three fractions; NaN for anything else. */
function degrees(read: Read, tag: Tag | undefined): number {
  if (tag?.type !== 5 || tag.count !== 3) return Number.NaN;
  const part = (index: number) => read(tag.at + index * 8, 4) / read(tag.at + index * 8 + 4, 4);
  const [whole, minutes, seconds] = [part(0), part(1), part(2)];
  // Some phones write seconds as 0/0.
  return whole + minutes / 60 + (Number.isNaN(seconds) ? 0 : seconds) / 3600;
}

function text(tiff: Buffer, tag: Tag | undefined): string {
  if (!tag) return '';
  const long = Math.min(tag.count, 200);
  return tiff
    .toString('latin1', tag.at, tag.at + long)
    .replaceAll('\0', '')
    .trim();
}
