import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { jpegBomb, photo, photoAs, webpBomb } from './pictures.ts';

/** A file that is small to send and dear to open, and what may become of it. */
export interface Bomb {
  name: string;
  make(): Promise<Buffer> | Buffer;
  /** Refused by its header, before anything is decoded; otherwise the heavy lane has it. */
  isRefused: boolean;
}

const SMALL = { width: 400, height: 400 };

/** One bomb of every kind. None is larger than what may be sent. */
export const BOMBS: Bomb[] = [
  refused('a PNG of 60,000 x 60,000', () => png({ width: 60_000, height: 60_000 })),
  refused('a 1-bit PNG of 30,000 x 30,000', () => grey1(30_000, 30_000)),
  refused('an RGB PNG of 16,000 x 16,000', () => png({ width: 16_000, height: 16_000, type: 2 })),
  refused('an interlaced RGBA16 PNG of 49 MP', () => deep(7_000, 7_001)),
  allowed('an interlaced RGBA16 PNG of 20 MP', () => deep(4_500, 4_500)),
  allowed('a 1-bit PNG of 50 MP', () => grey1(7_100, 7_100)),
  refused('a progressive JPEG of 100 MP', () => claiming(10_000, 10_000)),
  allowed('a progressive JPEG of 50 MP', () => claiming(7_100, 7_100)),
  allowed('a progressive JPEG of 24 MP', () => claiming(6_000, 4_000)),
  refused('an AVIF of 48 MP', async () => withSize(await photoAs('avif', SMALL), 8_000, 6_000)),
  allowed('an AVIF of 22 MP', () => flatAvif(5_000, 4_500)),
  refused('an AVIF of 12 MP that claims to be small', async () =>
    withSize(await flatAvif(4_000, 3_000), 400, 400),
  ),
  refused('a WebP of 268 MP', webpBomb),
  refused('a WebP of 65,535 frames', () => manyFrames(65_535)),
  refused('a PNG with 1,000 compressed texts of 7 MB', () => withPackedTexts(1_000, 7e6)),
  allowed('a PNG with a compressed text of 200 MB', () => withPackedTexts(1, 200e6)),
  refused('a PNG with 100,000 texts', () => withTexts(100_000)),
  allowed('a JPEG with 8 MB of EXIF', () => withSegments(0xe1, 'Exif\0\0', 8e6)),
  allowed('a JPEG with a colour profile of 10 MB', () => withSegments(0xe2, 'ICC_PROFILE\0', 10e6)),
];

function refused(name: string, make: Bomb['make']): Bomb {
  return { name, make, isRefused: true };
}

function allowed(name: string, make: Bomb['make']): Bomb {
  return { name, make, isRefused: false };
}

interface PngOptions {
  width: number;
  height: number;
  bits?: number;
  /** 0 grey, 2 RGB, 6 RGBA. */
  type?: number;
  interlaced?: boolean;
  /** Filtered rows; nothing when left out. */
  rows?: Buffer;
  /** Chunks between header and rows. */
  more?: Buffer[];
}

/** A PNG that says of itself what it is told to. */
export function png({ width, height, bits = 8, type = 6, interlaced, rows, more }: PngOptions) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, type, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    ...(more ?? []),
    pngChunk('IDAT', deflateSync(rows ?? Buffer.alloc(64), { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Black, and complete. */
function grey1(width: number, height: number): Buffer {
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return png({ width, height, bits: 1, type: 0, rows });
}

/** Eight bytes to a pixel, in the order in which a decoder must hold all of them; complete. */
function deep(width: number, height: number): Buffer {
  // Each of the seven passes has rows of its own: a little more than one byte for each row.
  const rows = Buffer.alloc(width * height * 8 + height * 2 + 64);
  return png({ width, height, bits: 16, interlaced: true, rows });
}

/** A small progressive JPEG whose frame claims more: the decoder makes room for all of it. */
async function claiming(width: number, height: number): Promise<Buffer> {
  const small = await sharp(await photo(SMALL))
    .jpeg({ progressive: true })
    .toBuffer();
  return jpegBomb(small, width, height);
}

/** An AVIF of one colour. */
function flatAvif(width: number, height: number): Promise<Buffer> {
  const create = { width, height, channels: 3 as const, background: '#777777' };
  return sharp({ create, limitInputPixels: false }).avif({ effort: 0, quality: 1 }).toBuffer();
}

/** The same AVIF or HEIC, its container claiming another size for each of its items. */
export function withSize(heif: Buffer, width: number, height: number): Buffer {
  const lie = Buffer.from(heif);
  for (let at = lie.indexOf('ispe'); at !== -1; at = lie.indexOf('ispe', at + 4)) {
    lie.writeUInt32BE(width, at + 8);
    lie.writeUInt32BE(height, at + 12);
  }
  return lie;
}

/** An animation of 16 x 16 pixels and many frames, 1 ms each. */
async function manyFrames(count: number): Promise<Buffer> {
  const still = await sharp(await photo({ width: 16, height: 16 }))
    .webp({ quality: 1 })
    .toBuffer();
  const picture = still.subarray(12);
  const frame = webpChunk('ANMF', Buffer.concat([frameHead(16, 16), picture]));
  const canvas = Buffer.from([2, 0, 0, 0, 15, 0, 0, 15, 0, 0]);
  const frames = Array.from({ length: count }, () => frame);
  const body = [webpChunk('VP8X', canvas), webpChunk('ANIM', Buffer.alloc(6)), ...frames];
  const length = body.reduce((sum, each) => sum + each.length, 0);
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  riff.writeUInt32LE(length + 4, 4);
  return Buffer.concat([riff, ...body]);
}

function frameHead(width: number, height: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(1, 12, 3);
  return head;
}

function webpChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function withPackedTexts(count: number, bytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(bytes, 'x'));
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packed]));
  return small(...Array.from({ length: count }, () => text));
}

function withTexts(count: number): Buffer {
  const text = pngChunk('tEXt', Buffer.from('Comment\0x'));
  return small(...Array.from({ length: count }, () => text));
}

/** A complete grey PNG of 400 x 400 with chunks before its pixels. */
function small(...more: Buffer[]): Buffer {
  return png({ ...SMALL, type: 0, rows: Buffer.alloc(401 * 400), more });
}

/** A small JPEG with so many bytes in application segments. */
async function withSegments(marker: number, label: string, bytes: number): Promise<Buffer> {
  const jpeg = await photo(SMALL);
  const count = Math.ceil(bytes / 65_000);
  const segments = Array.from({ length: count }, (_, at) => {
    const body = Buffer.concat([
      Buffer.from(label),
      Buffer.from([at + 1, count]),
      Buffer.alloc(65_000, 'x'),
    ]);
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
