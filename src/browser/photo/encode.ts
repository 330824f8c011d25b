/** The pixels of a canvas as a file of the wished type. */
export async function encode(
  canvas: HTMLCanvasElement,
  type: 'image/jpeg' | 'image/png',
  quality?: number,
): Promise<Blob> {
  const blob =
    (await encodeOffscreen(canvas, type, quality)) ?? (await encodeIdly(canvas, type, quality));
  if (blob?.type !== type) throw new Error(`no ${type}`);
  return blob;
}

/** At once, where the browser can. */
async function encodeOffscreen(canvas: HTMLCanvasElement, type: string, quality?: number) {
  if (!('OffscreenCanvas' in window)) return null;
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext('2d');
  if (!context) return null;
  context.drawImage(canvas, 0, 0);
  return copy.convertToBlob({ type, ...(quality !== undefined && { quality }) });
}

/** Chromium does this only when it has nothing else to do, which may take seven seconds. */
function encodeIdly(canvas: HTMLCanvasElement, type: string, quality?: number) {
  return new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
}
