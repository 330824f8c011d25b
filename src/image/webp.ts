/**
 * Chunks of a WebP, frames of an animation among them. Walks them without decoding anything;
 * never throws. libwebp takes seconds over thousands of frames, even when only the first is shown.
 */
export function countWebpChunks(file: Buffer): number {
  let chunks = 0;
  for (let at = 12; at + 8 <= file.length; chunks += 1) {
    const length = file.readUInt32LE(at + 4);
    // Padded to even lengths.
    at += 8 + length + (length % 2);
  }
  return chunks;
}
