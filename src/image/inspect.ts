import sharp, { type Metadata } from 'sharp';
import { Refusal } from '../submission/refusals.ts';
import { type HeifParts, readHeifParts } from './heif.ts';
import { type JpegParts, readJpegParts } from './jpeg.ts';
import { type PngParts, readPngParts } from './png.ts';
import { type Header, refuseCrowds, UNTRUSTED } from './policy.ts';
import { type PhotoFormat, sniff } from './sniff.ts';
import { countWebpChunks } from './webp.ts';

/** A file as far as it is known without decoding a pixel. */
export interface Inspected {
  header: Header;
  jpeg: JpegParts | null;
  png: PngParts | null;
  heif: HeifParts | null;
  metadata: Metadata | null;
}

/**
 * Reads a file's header.
 * @throws Refusal `photo-type` for what is not on the list, `photo-broken` for a header that lies,
 * `photo-too-costly` for one that cannot even be read cheaply.
 */
export async function inspect(file: Buffer): Promise<Inspected> {
  const format = sniff(file);
  if (!format) throw new Refusal('photo-type');
  try {
    const heif = format === 'heic' || format === 'avif' ? readHeifParts(file) : null;
    if (heif && !heif.whole) throw new Refusal('photo-broken');
    const jpeg = format === 'jpeg' ? readJpegParts(file) : null;
    const png = format === 'png' ? readPngParts(file) : null;
    refuseCrowds({
      parts: jpeg?.segments ?? png?.chunks ?? (format === 'webp' ? countWebpChunks(file) : 0),
      packedTexts: png?.packedTexts ?? 0,
    });
    // sharp throws on some honest iPhone files; libheif reads them, and our own reader has the size.
    const metadata = format === 'heic' ? null : await sharp(file, UNTRUSTED).metadata();
    return {
      header: headerOf(file, format, { heif, jpeg, png, metadata }),
      heif,
      jpeg,
      png,
      metadata,
    };
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('photo-broken', { cause });
  }
}

function headerOf(
  file: Buffer,
  format: PhotoFormat,
  { heif, jpeg, metadata }: Omit<Inspected, 'header'>,
): Header {
  return {
    format,
    width: Math.max(heif?.width ?? 0, metadata?.width ?? 0),
    height: Math.max(heif?.height ?? 0, metadata?.height ?? 0),
    pixelBytes: (metadata?.channels ?? 4) * (metadata?.depth === 'ushort' ? 2 : 1),
    interlaced: metadata?.isProgressive ?? false,
    wholeCanvas: format === 'webp' && file.toString('latin1', 12, 16) !== 'VP8 ',
    scans: jpeg?.scans ?? 1,
  };
}
