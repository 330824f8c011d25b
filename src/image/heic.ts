import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { MASTER_SIDE } from '../submission/renditions.ts';
import type { LibHeif } from './libheif.ts';
import { open, type Pixels, toPixels, within } from './pixels.ts';

/**
 * Decodes the primary picture of a HEIC, turned as its container says (`irot`), at MASTER_SIDE.
 * sharp's prebuilt binary has no HEVC, so libheif does it as WebAssembly. Its memory never shrinks:
 * the process is to be ended soon after.
 * @throws Error when libheif cannot make sense of the file.
 */
export async function decodeHeic(file: Buffer, icc: Buffer | null): Promise<Pixels> {
  // Loaded here because it takes 60 ms, and most photos are JPEGs.
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as LibHeif;
  const master = await toPixels(within(open(primaryPicture(libheif, file)), MASTER_SIDE));
  return icc ? toPixels(sharp(pngWithProfile(master, icc))) : master;
}

/** The pixels stay in libheif's own memory: a 48 MP picture costs 385 MB that way, 665 MB copied. */
function primaryPicture(libheif: LibHeif, file: Buffer): Pixels {
  const context = libheif.heif_context_alloc();
  const read = libheif.heif_context_read_from_memory(context, file);
  if (read.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(read.message);
  const handle = libheif.heif_js_context_get_primary_image_handle(context);
  const image = libheif.heif_js_decode_image2(
    handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    libheif.heif_chroma.heif_chroma_interleaved_RGB,
  );
  const plane = image.channels?.[0];
  if (!plane || plane.width * plane.height === 0) throw new Error('no pixels');
  const data = Buffer.from(plane.data.buffer, plane.data.byteOffset, plane.data.byteLength);
  return withoutPadding({ data, width: plane.width, height: plane.height }, plane.stride);
}

function withoutPadding({ data, width, height }: Pixels, stride: number): Pixels {
  const row = width * 3;
  if (stride !== row) {
    for (let y = 1; y < height; y += 1) data.copyWithin(y * row, y * stride, y * stride + row);
  }
  return { data: data.subarray(0, row * height), width, height };
}

/**
 * An uncompressed PNG that carries a colour profile: the one way to tell sharp in which colours raw
 * pixels are (iPhones: Display P3; taken for sRGB they are wrong by up to 92 of 255).
 */
function pngWithProfile({ data, width, height }: Pixels, icc: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    data.copy(rows, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), deflateSync(icc)])),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
