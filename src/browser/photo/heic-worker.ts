/// <reference lib="webworker" />
import loadLibHeif from 'libheif-bundle';

/** Pixels a phone can hold: more are refused before they are asked for. */
const MOST_PIXELS = 60_000_000;

interface Job {
  content: Uint8Array<ArrayBuffer>;
  /** Whether the pixels are Display P3. */
  wideColours: boolean;
}

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  decode(data).then(
    (bitmap) => postMessage(bitmap, { transfer: [bitmap] }),
    () => postMessage(null),
  );
});

async function decode({ content, wideColours }: Job): Promise<ImageBitmap> {
  const libheif = loadLibHeif();
  const context = libheif.heif_context_alloc();
  const read = libheif.heif_context_read_from_memory(context, content);
  if (read.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(read.message);
  const handle = libheif.heif_js_context_get_primary_image_handle(context);
  const claimed =
    libheif.heif_image_handle_get_width(handle) * libheif.heif_image_handle_get_height(handle);
  if (claimed > MOST_PIXELS) throw new Error('too many pixels');
  const image = libheif.heif_js_decode_image2(
    handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    libheif.heif_chroma.heif_chroma_interleaved_RGBA,
  );
  const plane = image.channels?.[0];
  if (!plane || plane.width * plane.height === 0) throw new Error('no pixels');
  const { width, height, stride, data } = plane;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    pixels.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  }
  return createImageBitmap(inColours(pixels, width, height, wideColours));
}

/** Without its colours an iPhone's picture looks pale; a browser that knows only sRGB shows it so. */
function inColours(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  width: number,
  height: number,
  wide: boolean,
): ImageData {
  if (wide) {
    try {
      return new ImageData(pixels, width, height, { colorSpace: 'display-p3' });
    } catch {}
  }
  return new ImageData(pixels, width, height);
}
