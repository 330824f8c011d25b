import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { type ExifOptions, exifOf } from '../image/support/exif.ts';

/**
 * Pictures for tests, made by code: nothing is fetched, and the same seed makes the same picture.
 * Every piece of metadata carries CANARY, so that one byte search proves what was removed.
 */
export const CANARY = 'CANARY-3f9a';

export interface PhotoOptions {
  /** Pixels; 1600 x 1200 when left out. */
  width?: number;
  height?: number;
  /** Another seed is another picture, far away by fingerprint. */
  seed?: number;
  /** Sensor-like noise at full size: makes the file as heavy as a phone's (about 0.3 MB per MP). */
  grain?: boolean;
}

type Colour = readonly [number, number, number];
/** Pixels in rows, three bytes each. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** A JPEG that looks like a photo to every check: sharp, evenly lit, not blank, no flag. */
export async function photo(options: PhotoOptions = {}): Promise<Buffer> {
  return encode(scene(options.seed ?? 1), options);
}

/** The same photo in another format; `tiff` and `gif` are there to be refused. */
export async function photoAs(
  format: 'png' | 'webp' | 'avif' | 'tiff' | 'gif',
  options: PhotoOptions = {},
): Promise<Buffer> {
  return sharp(await photo(options))
    .toFormat(format)
    .toBuffer();
}

/** A photo in which a six-stripe rainbow flag hangs before the scene, a third of its width. */
export async function flagPhoto(options: PhotoOptions = {}): Promise<Buffer> {
  const picture = scene(options.seed ?? 1);
  const stripe = Math.round(picture.height / 15);
  RAINBOW.forEach((colour, index) => {
    paint(picture, 250, 120 + index * stripe, 270, stripe, colour);
  });
  return encode(picture, options);
}

/** A JPEG of one colour, white when left out. */
export async function plain(colour = '#ffffff', width = 800, height = 600): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
}

const RAINBOW: readonly Colour[] = [
  [228, 3, 3],
  [255, 140, 0],
  [255, 237, 0],
  [0, 128, 38],
  [0, 77, 255],
  [117, 7, 135],
];

/** Corners of the test pattern: red and green above, blue and white below. */
export const CORNERS = {
  topLeft: [220, 30, 30],
  topRight: [30, 160, 40],
  bottomLeft: [30, 60, 200],
  bottomRight: [245, 245, 245],
} as const;

/**
 * A JPEG test pattern whose four corners differ, stored turned or mirrored with the EXIF
 * orientation 1 to 8 that makes it upright again. `width` and `height` are the upright size.
 */
export async function oriented(orientation: number, width = 640, height = 480): Promise<Buffer> {
  const pattern = quarters(width, height);
  return lain(sharp(pattern.data, { raw: { width, height, channels: 3 } }), orientation);
}

/** A photo stored as a camera does that was held in any of the eight ways. */
export async function orientedPhoto(orientation: number, options: PhotoOptions): Promise<Buffer> {
  return lain(sharp(await photo(options)), orientation);
}

async function lain(upright: Sharp, orientation: number): Promise<Buffer> {
  let picture = upright;
  for (const step of STORED[orientation] ?? []) {
    picture = sharp(await step(picture).png().toBuffer());
  }
  return withExif(await picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(), {
    orientation,
  });
}

type Turn = (picture: Sharp) => Sharp;
const flop: Turn = (picture) => picture.flop();
const flip: Turn = (picture) => picture.flip();
const turned =
  (degrees: number): Turn =>
  (picture) =>
    picture.rotate(degrees);

/** What makes an upright picture into the stored one of each EXIF orientation, step by step. */
const STORED: Record<number, Turn[]> = {
  1: [],
  2: [flop],
  3: [turned(180)],
  4: [flip],
  5: [turned(90), flop],
  6: [turned(270)],
  7: [turned(270), flop],
  8: [turned(90)],
};

function quarters(width: number, height: number): Pixels {
  const picture = { data: Buffer.alloc(width * height * 3), width, height };
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  paint(picture, 0, 0, width, height, CORNERS.bottomRight);
  paint(picture, 0, 0, halfWidth, halfHeight, CORNERS.topLeft);
  paint(picture, halfWidth, 0, width - halfWidth, halfHeight, CORNERS.topRight);
  paint(picture, 0, halfHeight, halfWidth, height - halfHeight, CORNERS.bottomLeft);
  return picture;
}

/** The same JPEG with an EXIF segment of our making right after its first two bytes. */
export function withExif(jpeg: Buffer, options: ExifOptions): Buffer {
  return withSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(options)]));
}

/** Everything a phone tells, each text a canary: device, serial, time, Baku as the place, ... */
export function withTraces(jpeg: Buffer, options: ExifOptions = {}): Buffer {
  const texts = ['make', 'model', 'serial', 'software', 'artist', 'time', 'thumbnail'];
  const canaries = Object.fromEntries(texts.map((text) => [text, `${CANARY} ${text}`]));
  const baku = { latitude: 40.3777, longitude: 49.892 };
  return withComment(withXmp(withExif(jpeg, { ...baku, ...canaries, ...options })));
}

/** The same JPEG with a comment segment. */
export function withComment(jpeg: Buffer, text = `${CANARY} comment`): Buffer {
  return withSegment(jpeg, 0xfe, Buffer.from(text));
}

/** The same JPEG with an XMP segment. */
export function withXmp(jpeg: Buffer, text = `<x:xmpmeta>${CANARY}</x:xmpmeta>`): Buffer {
  return withSegment(jpeg, 0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`));
}

/** The same file with bytes after its end, as motion photos and polyglots have them. */
export function withTail(file: Buffer, tail = `<script>${CANARY}</script>`): Buffer {
  return Buffer.concat([file, Buffer.from(tail)]);
}

/** The same JPEG with a segment of ours right after its first two bytes. */
export function withSegment(jpeg: Buffer, marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** The same PNG with a tEXt chunk before its pixels. */
export function withPngText(png: Buffer, text = `Comment\0${CANARY}`): Buffer {
  const afterHeader = 8 + 25;
  return Buffer.concat([
    png.subarray(0, afterHeader),
    pngChunk('tEXt', Buffer.from(text, 'latin1')),
    png.subarray(afterHeader),
  ]);
}

/** The first `share` (0 to 1) of a file. */
export function truncated(file: Buffer, share: number): Buffer {
  return file.subarray(0, Math.floor(file.length * share));
}

/** A few bytes of PNG whose header claims `width` x `height` 16-bit RGBA pixels. */
export function pngBomb(width: number, height: number, interlaced = false): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([16, 6, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1024))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same JPEG, its frame header claiming `width` x `height`. */
export function jpegBomb(jpeg: Buffer, width: number, height: number): Buffer {
  const bomb = Buffer.from(jpeg);
  const frame = [0xc0, 0xc2].map((marker) => bomb.indexOf(Buffer.from([0xff, marker, 0, 17])));
  const at = Math.max(...frame);
  bomb.writeUInt16BE(height, at + 5);
  bomb.writeUInt16BE(width, at + 7);
  return bomb;
}

/** A lossless WebP of 40 bytes that claims 16,383 x 16,383 pixels. */
export function webpBomb(): Buffer {
  const body = Buffer.alloc(20);
  body[0] = 0x2f;
  body.writeUInt32LE((16382 | (16382 << 14)) >>> 0, 1);
  const head = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
  head.writeUInt32LE(12 + body.length, 4);
  head.writeUInt32LE(body.length, 16);
  return Buffer.concat([head, body]);
}

/** An SVG that default sharp would render although it is called `.jpg`. */
export function svg(): Buffer {
  return Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect/></svg>',
  );
}

async function encode(picture: Pixels, options: PhotoOptions): Promise<Buffer> {
  const { width = 1600, height = 1200, grain = false } = options;
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const sized = sharp(picture.data, { raw }).resize(width, height, { fit: 'fill' });
  if (!grain) return sized.jpeg({ quality: 90 }).toBuffer();
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 24 };
  const input = { create: { width, height, channels: 3 as const, noise, background: '#808080' } };
  return sized
    .composite([{ input, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Soft light and shade with a few dozen hard-edged things of muted colours in it. */
function scene(seed: number): Pixels {
  const random = dice(seed);
  const picture = { data: Buffer.alloc(800 * 600 * 3), width: 800, height: 600 };
  const dull = (): Colour => {
    const light = 60 + random() * 130;
    return [light + random() * 30, light + random() * 20, light - random() * 25];
  };
  paint(picture, 0, 0, 800, 600, dull());
  for (let thing = 0; thing < 60; thing += 1) {
    const [width, height] = [20 + random() * 260, 20 + random() * 200];
    paint(picture, random() * 800 - width / 2, random() * 600 - height / 2, width, height, dull());
  }
  for (let at = 0; at < picture.data.length; at += 1) {
    picture.data[at] = Math.min(255, Math.max(0, (picture.data[at] ?? 0) + random() * 16 - 8));
  }
  return picture;
}

function paint(
  picture: Pixels,
  left: number,
  top: number,
  width: number,
  height: number,
  colour: Colour,
): void {
  const [fromX, toX] = [Math.max(0, left | 0), Math.min(picture.width, (left + width) | 0)];
  const [fromY, toY] = [Math.max(0, top | 0), Math.min(picture.height, (top + height) | 0)];
  for (let y = fromY; y < toY; y += 1) {
    const row = y * picture.width;
    picture.data.fill(Buffer.from(colour), (row + fromX) * 3, (row + Math.max(fromX, toX)) * 3);
  }
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(body.length, 0);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), named.length + 4);
  return chunk;
}
