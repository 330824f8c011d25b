/** Bytes of a stranger's file. Every read outside of them is a RangeError, which readers expect. */
export interface Bytes {
  readonly length: number;
  u8(at: number): number;
  u16(at: number, little?: boolean): number;
  u32(at: number, little?: boolean): number;
  /** Latin-1 text. */
  text(at: number, length: number): string;
  slice(at: number, length: number): Bytes;
  array(at: number, length: number): Uint8Array<ArrayBuffer>;
}

export function bytesOf(source: Uint8Array<ArrayBuffer>): Bytes {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  function array(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (at < 0 || length < 0 || at + length > source.length) throw new RangeError('outside');
    return source.subarray(at, at + length);
  }
  return {
    length: source.length,
    u8: (at) => view.getUint8(at),
    u16: (at, little = false) => view.getUint16(at, little),
    u32: (at, little = false) => view.getUint32(at, little),
    text: (at, length) => String.fromCharCode(...array(at, length)),
    slice: (at, length) => bytesOf(array(at, length)),
    array,
  };
}

/** What `read` finds; nothing where the file leads it astray. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
