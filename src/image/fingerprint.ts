import { open, type Pixels } from './pixels.ts';

/** Pixels a side of the small grey copy, and waves a side that make the 64 bits. */
const SIDE = 32;
const WAVES = 8;

/** `COSINES[wave][at]` of the discrete cosine transform; the even wave 0 says only how bright it is. */
const COSINES = Array.from({ length: WAVES }, (_, wave) =>
  Float64Array.from({ length: SIDE }, (_, at) =>
    Math.cos(((2 * at + 1) * (wave + 1) * Math.PI) / (2 * SIDE)),
  ),
);

/** 64-bit perceptual hashes, as 16 hex digits, of a picture and of its seven turns and mirrors. */
interface Fingerprints {
  upright: string;
  turned: string[];
}

/** The same photo in another size differs by 0 to 4 bits. */
export async function fingerprints(picture: Pixels): Promise<Fingerprints> {
  const grey = await open(picture).greyscale().resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer();
  const waves = transform(grey);
  const forms = [waves, transposed(waves)].flatMap((each) =>
    MIRRORS.map(([leftRight, topBottom]) => hash(mirrored(each, leftRight, topBottom))),
  );
  const [upright = '', ...turned] = forms;
  return { upright, turned };
}

/** Left and right, or top and bottom, or both changed over: with transposition every turn is made. */
const MIRRORS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

/** A mirror only changes the sign of every other wave: no pixel has to be looked at again. */
function mirrored(waves: number[], leftRight: boolean, topBottom: boolean): number[] {
  return waves.map((wave, i) => {
    const across = leftRight && Math.floor(i / WAVES) % 2 === 0;
    const down = topBottom && (i % WAVES) % 2 === 0;
    return across === down ? wave : -wave;
  });
}

function transposed(waves: number[]): number[] {
  return waves.map((_, i) => waves[(i % WAVES) * WAVES + Math.floor(i / WAVES)] ?? 0);
}

/** A bit for each of the 64 longest waves in the picture: stronger than their average or not. */
function hash(waves: number[]): string {
  const average = waves.reduce((sum, wave) => sum + wave, 0) / waves.length;
  let bits = 0n;
  for (const wave of waves) bits = (bits << 1n) | (wave > average ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}

/** The waves of a picture, first along its rows, then down the columns of what that gives. */
function transform(grey: Buffer): number[] {
  const rows = COSINES.map((cosine) =>
    Float64Array.from({ length: SIDE }, (_, y) =>
      sum((x) => (grey[y * SIDE + x] ?? 0) * at(cosine, x)),
    ),
  );
  return rows.flatMap((row) => COSINES.map((cosine) => sum((y) => at(row, y) * at(cosine, y))));
}

function sum(term: (index: number) => number): number {
  let total = 0;
  for (let index = 0; index < SIDE; index += 1) total += term(index);
  return total;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
