import type { Database, Transaction } from './database.ts';

/**
 * Photos count as similar when at most this many bits of their 64-bit perceptual hashes differ:
 * recompressed or resized ones differ in 0 to 4, other pictures in 20 and more.
 */
const MAX_DISTANCE = 6;
/** Pigeonhole: cut into one slice more than bits may differ, one slice is equal in both. */
const BANDS = MAX_DISTANCE + 1;
/** Bits of a slice; the last one has what is left of 64. */
const WIDTH = Math.ceil(64 / BANDS);
/** A fingerprint as common as this (a blank picture) says nothing; reading all its bearers would. */
const MAX_CANDIDATES = 5_000;
/** The same picture sent a thousand times would else be a million pairs. */
export const MAX_SIMILAR = 50;

export interface Similar {
  id: string;
  distance: number;
}

export interface Fingerprints {
  /**
   * Other submissions that look like a picture in one of its forms (16 hex digits each), nearest
   * first and at most `MAX_SIMILAR`.
   */
  similarTo(id: string, forms: readonly string[]): Promise<Similar[]>;
  /** Whether exactly this file was sent before. */
  sentBefore(id: string, sourceHash: string): Promise<boolean>;
}

export function openFingerprints({ read }: Database): Fingerprints {
  return {
    async similarTo(id, forms) {
      const wanted = forms
        .flatMap(lookedUp)
        .map(({ band, bits }) => `(band=${band} AND bits=${bits})`);
      // Only what is compared: thousands of rows with all they hold would take seconds.
      const candidates = await read.$queryRawUnsafe<{ id: string; hash: string | null }[]>(
        `SELECT s.id, s.facts ->> 'fingerprint' AS hash FROM "Fingerprint" AS f
         JOIN "Submission" AS s ON s.id = f."submissionId"
         WHERE (${wanted.join(' OR ')}) LIMIT ${MAX_CANDIDATES}`,
      );
      const hashes = new Map<string, string>();
      for (const { id: other, hash } of candidates)
        if (hash && other !== id) hashes.set(other, hash);
      return [...hashes]
        .map(([other, hash]) => ({ id: other, distance: nearest(forms, hash) }))
        .filter((similar) => similar.distance <= MAX_DISTANCE)
        .sort((a, b) => a.distance - b.distance)
        .slice(0, MAX_SIMILAR);
    },

    async sentBefore(id, sourceHash) {
      const other = await read.submission.findFirst({
        where: { sourceHash, id: { not: id } },
        select: { id: true },
      });
      return other !== null;
    },
  };
}

/** Stores the slices of a fingerprint and, both ways, who looks alike. */
export async function rememberFingerprint(
  tx: Transaction,
  submissionId: string,
  fingerprint: string,
  similar: Similar[],
): Promise<void> {
  const rows = slices(fingerprint).map((slice) => ({ submissionId, ...slice }));
  await tx.fingerprint.createMany({ data: rows });
  const pairs = similar.flatMap(({ id: otherId, distance }) => [
    { submissionId, otherId, distance },
    { submissionId: otherId, otherId: submissionId, distance },
  ]);
  if (pairs.length > 0) await tx.likeness.createMany({ data: pairs });
}

/**
 * The slices of which whatever looks alike has one. Not the last, which has so few bits that a
 * sixteenth of all photos share it: who shares that alone differs from all others by a single bit
 * each, and so is among the neighbours of the first.
 */
function lookedUp(fingerprint: string): { band: number; bits: number }[] {
  const others = slices(fingerprint).slice(0, -1);
  const first = others[0]?.bits ?? 0;
  const neighbours = Array.from({ length: WIDTH }, (_, at) => ({
    band: 0,
    bits: first ^ (1 << at),
  }));
  return [...neighbours, ...others];
}

/** What of a fingerprint is stored: two that look alike share at least one slice. */
export function slices(fingerprint: string): { band: number; bits: number }[] {
  const hash = BigInt(`0x${fingerprint}`);
  return Array.from({ length: BANDS }, (_, band) => ({
    band,
    bits: Number(BigInt.asUintN(WIDTH, hash >> BigInt(band * WIDTH))),
  }));
}

/** Whether one of these forms looks like a picture with this fingerprint. */
export function isAlike(forms: readonly string[], fingerprint: string): boolean {
  return nearest(forms, fingerprint) <= MAX_DISTANCE;
}

function nearest(forms: readonly string[], fingerprint: string): number {
  return Math.min(...forms.map((form) => distance(form, fingerprint)));
}

function distance(a: string, b: string): number {
  let rest = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; rest > 0n; rest &= rest - 1n) bits++;
  return bits;
}
