/** A stretch of a file, in bytes. */
export interface Extent {
  start: number;
  end: number;
}

/** The body of a box, without its head. */
export interface Box extends Extent {
  type: string;
}

/** A 48 MP picture in tiles has about 200 items; a file full of empty boxes has millions. */
const MOST_BOXES = 10_000;

/**
 * The boxes that stand side by side in a stretch of an ISO media file.
 * @throws RangeError when one lies about its length, or when there are absurdly many.
 */
export function boxes(file: Buffer, within: Extent): Box[] {
  const found: Box[] = [];
  for (let at = within.start; at + 8 <= within.end; ) {
    const type = file.toString('latin1', at + 4, at + 8);
    const short = file.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short || within.end - at;
    if (length < head) throw new RangeError('box shorter than its head');
    if (found.length >= MOST_BOXES) throw new RangeError('too many boxes');
    found.push({ type, start: at + head, end: Math.min(at + length, within.end) });
    at += length;
  }
  return found;
}

export function find(among: Box[], type: string): Box | undefined {
  return among.find((box) => box.type === type);
}

/** Reads big-endian numbers of 0 to 8 bytes, one after the other. */
export function reader(file: Buffer, from: number): (bytes: number) => number {
  let at = from;
  return (bytes) => {
    at += bytes;
    if (bytes === 0) return 0;
    return bytes > 6
      ? Number(file.readBigUInt64BE(at - bytes))
      : file.readUIntBE(at - bytes, bytes);
  };
}
