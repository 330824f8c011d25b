import type { SharpOptions } from 'sharp';
import { Refusal } from '../submission/refusals.ts';
import type { PhotoFormat } from './sniff.ts';

/** How a stranger's file is opened. Its pixels were counted by `price` before, by our own limit. */
export const UNTRUSTED: SharpOptions = { failOn: 'error', limitInputPixels: false, pages: 1 };

/** Long side in pixels: anything above is no photo, and libraries get slow and strange there. */
const LONGEST_SIDE = 30_000;
/** Pixels: phones sold as "50 MP" make up to 8,192 x 6,144. */
const MOST_PIXELS = 52_000_000;
/** Progressive JPEG: 2,000 scans in 343 KB cost 8.8 s; cameras write about ten. */
const MOST_SCANS = 200;
/** Segments or chunks beside the pixels: cameras write dozens, libraries take each one to heart. */
const MOST_PARTS = 1_000;
/** Compressed texts of a PNG: libpng unpacks up to 8 MB of each. */
const MOST_PACKED_TEXTS = 10;
/** MB: with the base of all processes and one common job beside it this stays below 900 MB. */
const DEAREST = 420;
/** MB: a job above this runs alone in the heavy lane, in a child that is replaced afterwards. */
const HEAVY = 90;
/** MB: what no priced job takes, an idle child's 45 included. Beyond it a price was wrong. */
export const CAPS_MB = { common: 240, heavy: 520 };

/** What a header says, before any pixel is decoded. */
export interface Header {
  format: PhotoFormat;
  /** Pixels as stored. */
  width: number;
  height: number;
  /** Bytes one decoded pixel takes. */
  pixelBytes: number;
  /** Progressive JPEG or interlaced PNG: the decoder holds the whole picture. */
  interlaced: boolean;
  /** Lossless or animated WebP: the decoder holds the whole picture, some of it twice. */
  wholeCanvas: boolean;
  /** Scans of a JPEG, 1 for the rest. */
  scans: number;
}

/** What a file holds beside its pixels. */
export interface Crowd {
  parts: number;
  packedTexts: number;
}

/** @throws Refusal when a library would spend memory or time on parts nobody will ever see. */
export function refuseCrowds({ parts, packedTexts }: Crowd): void {
  if (parts > MOST_PARTS || packedTexts > MOST_PACKED_TEXTS) throw new Refusal('photo-too-costly');
}

/** Peak memory in MB over the idle child, as measured per megapixel on each kind of file. */
const PRICES: Record<PhotoFormat, (header: Header, megapixels: number) => number> = {
  jpeg: (header, megapixels) => megapixels * (header.interlaced ? 4 : 1.5),
  png: (header, megapixels) => megapixels * header.pixelBytes * (header.interlaced ? 1.2 : 0.4),
  webp: (header, megapixels) => megapixels * (header.wholeCanvas ? 5 : 2),
  avif: (_, megapixels) => megapixels * 18.5,
  heic: (_, megapixels) => 100 + megapixels * 6.5,
};

/**
 * Prices a decode from its header alone.
 * @throws Refusal when the picture is larger or costlier than any honest photo we can afford.
 */
export function price(header: Header): 'common' | 'heavy' {
  const pixels = header.width * header.height;
  if (!(pixels > 0)) throw new Refusal('photo-broken');
  const longest = Math.max(header.width, header.height);
  if (longest > LONGEST_SIDE || pixels > MOST_PIXELS) throw new Refusal('photo-too-many-pixels');
  if (header.scans > MOST_SCANS) throw new Refusal('photo-too-costly');
  const megabytes = PRICES[header.format](header, pixels / 1e6);
  if (megabytes > DEAREST) throw new Refusal('photo-too-costly');
  return megabytes > HEAVY ? 'heavy' : 'common';
}
