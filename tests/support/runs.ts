const RUN = 16;
const STEP = 4;
const BITS = 27;

/**
 * Whether any run of 16 bytes of `pictures` stands in `file`, at whatever offset. Words of four
 * bytes sort out nearly everything; what passes is looked up byte by byte.
 */
export function findRun(file: Buffer, pictures: readonly Buffer[]): string | null {
  const words = new Uint8Array(1 << BITS);
  for (const picture of pictures) {
    for (let at = 0; at + STEP <= picture.length; at += 1) words[hash(picture, at)] = 1;
  }
  for (let at = 0; at + RUN <= file.length; at += 1) {
    const isCandidate = [0, 4, 8, 12].every((step) => words[hash(file, at + step)] === 1);
    if (!isCandidate) continue;
    const run = file.subarray(at, at + RUN);
    if (pictures.some((picture) => picture.includes(run))) return run.toString('hex');
  }
  return null;
}

function hash(bytes: Buffer, at: number): number {
  return Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) >>> (32 - BITS);
}
