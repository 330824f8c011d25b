import { pick } from './dice.ts';

/** Something that went wrong with a file on its way, or was done to it on purpose; `random` decides what. */
export function mutate(file: Buffer, others: readonly Buffer[], random: () => number): Buffer {
  return pick(random, WAYS)(Buffer.from(file), others, random);
}

type Way = (copy: Buffer, others: readonly Buffer[], random: () => number) => Buffer;

const WAYS: Way[] = [
  // Some bits, anywhere.
  (copy, _, random) => change(copy, copy.length, 1 + below(random, 20), random),
  // Some bytes of the header: sizes, counts, offsets.
  (copy, _, random) => change(copy, Math.min(copy.length, 200), 1 + below(random, 4), random),
  (copy, _, random) => copy.subarray(0, below(random, copy.length)),
  // A piece is missing.
  (copy, _, random) => {
    const [from, to] = piece(copy, random);
    return Buffer.concat([copy.subarray(0, from), copy.subarray(to)]);
  },
  // A piece comes twice.
  (copy, _, random) => {
    const [from, to] = piece(copy, random);
    return Buffer.concat([copy.subarray(0, to), copy.subarray(from)]);
  },
  // A piece is all ones, or all zeros.
  (copy, _, random) => copy.fill(random() < 0.5 ? 0 : 0xff, ...piece(copy, random)),
  // It goes on as another file.
  (copy, others, random) => {
    const other = pick(random, others);
    const rest = other.subarray(below(random, other.length));
    return Buffer.concat([copy.subarray(0, below(random, copy.length)), rest]);
  },
];

function change(copy: Buffer, end: number, times: number, random: () => number): Buffer {
  for (let time = 0; time < times; time += 1) {
    const at = below(random, end);
    copy[at] = random() < 0.5 ? (copy[at] ?? 0) ^ (1 << below(random, 8)) : below(random, 256);
  }
  return copy;
}

function piece(copy: Buffer, random: () => number): [number, number] {
  const from = below(random, copy.length);
  return [from, Math.min(copy.length, from + 1 + below(random, 500))];
}

function below(random: () => number, end: number): number {
  return Math.floor(random() * end);
}
