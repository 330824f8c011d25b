/** Writes EXIF by hand, so that tests own every byte of it. */

/** A tag of a directory: its number, its type (2 text, 3 short, 4 long, 5 rationals) and values. */
type Entry = [tag: number, type: 2 | 3 | 4 | 5, value: string | number | number[]];

export interface ExifOptions {
  orientation?: number;
  /** Degrees; negative is south or west. Both or none. */
  latitude?: number;
  longitude?: number;
  make?: string;
  model?: string;
  serial?: string;
  software?: string;
  artist?: string;
  time?: string;
  /** Bytes of a preview picture; never shown, often uncropped. */
  thumbnail?: string;
}

/** The TIFF part of an EXIF segment, big endian: IFD0, EXIF, GPS and IFD1 as far as needed. */
export function exifOf(options: ExifOptions): Buffer {
  const { thumbnail } = options;
  const tiff: Buffer[] = [Buffer.from('4d4d002a00000008', 'hex')];
  const first = mainEntries(options);
  const camera = given([
    [0x9003, 2, options.time],
    [0xa431, 2, options.serial],
  ]);
  const place = placeEntries(options.latitude, options.longitude);
  // Sizes do not depend on offsets, so the first directory is laid out once to learn its length.
  if (camera.length > 0) first.push([0x8769, 4, 0]);
  if (place.length > 0) first.push([0x8825, 4, 0]);
  const cameraAt = 8 + directory(first, 8, 0).length;
  const placeAt = cameraAt + (camera.length > 0 ? directory(camera, 0, 0).length : 0);
  const nextAt = placeAt + (place.length > 0 ? directory(place, 0, 0).length : 0);
  for (const entry of first) {
    if (entry[0] === 0x8769) entry[2] = cameraAt;
    if (entry[0] === 0x8825) entry[2] = placeAt;
  }
  tiff.push(directory(first, 8, thumbnail === undefined ? 0 : nextAt));
  if (camera.length > 0) tiff.push(directory(camera, cameraAt, 0));
  if (place.length > 0) tiff.push(directory(place, placeAt, 0));
  if (thumbnail !== undefined) tiff.push(preview(Buffer.from(thumbnail), nextAt));
  return Buffer.concat(tiff);
}

function mainEntries(options: ExifOptions): Entry[] {
  return given([
    [0x010f, 2, options.make],
    [0x0110, 2, options.model],
    [0x0112, 3, options.orientation],
    [0x0131, 2, options.software],
    [0x0132, 2, options.time],
    [0x013b, 2, options.artist],
  ]);
}

function placeEntries(latitude?: number, longitude?: number): Entry[] {
  if (latitude === undefined || longitude === undefined) return [];
  return [
    [1, 2, latitude < 0 ? 'S' : 'N'],
    [2, 5, degrees(latitude)],
    [3, 2, longitude < 0 ? 'W' : 'E'],
    [4, 5, degrees(longitude)],
  ];
}

/** Degrees, minutes and seconds as numerators and denominators. */
function degrees(value: number): number[] {
  const tenThousandths = Math.round(Math.abs(value) * 3600 * 10_000);
  const seconds = tenThousandths % 600_000;
  const minutes = Math.floor(tenThousandths / 600_000);
  return [Math.floor(minutes / 60), 1, minutes % 60, 1, seconds, 10_000];
}

function given(entries: [number, Entry[1], Entry[2] | undefined][]): Entry[] {
  return entries.filter((entry): entry is Entry => entry[2] !== undefined);
}

function preview(bytes: Buffer, at: number): Buffer {
  const entries: Entry[] = [
    [0x0201, 4, at + 2 + 2 * 12 + 4],
    [0x0202, 4, bytes.length],
  ];
  return Buffer.concat([directory(entries, at, 0), bytes]);
}

/** One directory that starts at `at`, followed by the values too long to stand in it. */
function directory(entries: Entry[], at: number, next: number): Buffer {
  const table = Buffer.alloc(2 + entries.length * 12 + 4);
  table.writeUInt16BE(entries.length, 0);
  table.writeUInt32BE(next, table.length - 4);
  const values: Buffer[] = [];
  let valueAt = at + table.length;
  for (const [index, [tag, type, value]] of entries.entries()) {
    const bytes = valueBytes(type, value);
    const row = 2 + index * 12;
    table.writeUInt16BE(tag, row);
    table.writeUInt16BE(type, row + 2);
    table.writeUInt32BE(bytes.length / WIDTH[type], row + 4);
    if (bytes.length <= 4) {
      bytes.copy(table, row + 8);
      continue;
    }
    table.writeUInt32BE(valueAt, row + 8);
    values.push(bytes);
    valueAt += bytes.length;
  }
  return Buffer.concat([table, ...values]);
}

const WIDTH = { 2: 1, 3: 2, 4: 4, 5: 8 } as const;

function valueBytes(type: Entry[1], value: Entry[2]): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\0`);
  const numbers = [value].flat();
  const width = type === 3 ? 2 : 4;
  const bytes = Buffer.alloc(numbers.length * width);
  numbers.forEach((number, index) => {
    bytes.writeUIntBE(number, index * width, width);
  });
  return bytes;
}
