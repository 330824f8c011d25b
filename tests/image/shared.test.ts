import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CleanOutcome, type ImageWorkers, openImageWorkers } from '../../src/image/workers.ts';
import { cleanAny } from './support/workers.ts';

/** The collected pictures of the project's workplace; they are not part of the repository. */
const folder = join(process.env.SHARED_DIR ?? resolve('../shared'), 'photos');
const manifest = join(folder, 'manifest.json');

interface Listed {
  path: string;
  expectation: 'accept' | 'reject' | 'either';
  display: [number, number] | null;
  mustNotLeak: string[];
  labels: { rainbowFlag?: boolean | string };
}

describe.skipIf(!existsSync(manifest))('the shared pictures', () => {
  const outcomes = new Map<Listed, CleanOutcome>();
  let workers: ImageWorkers;

  beforeAll(async () => {
    const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Listed[] };
    workers = openImageWorkers({ count: 2, timeoutMs: 20_000 });
    const cleanOne = async (file: Listed) => {
      const photo = readFileSync(join(folder, file.path));
      outcomes.set(file, await cleanAny(workers, { photo, covers: [] }));
    };
    await Promise.all(files.map(cleanOne));
  }, 120_000);

  afterAll(() => workers.close());

  test('are taken or refused as expected, and no child is lost', () => {
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const [{ path, expectation }, outcome] of outcomes) {
      const came = outcome.ok ? 'accepted' : outcome.refusal;
      const key = `${expectation}: ${came}`;
      counts[key] = (counts[key] ?? 0) + 1;
      const expected = { accept: outcome.ok, reject: !outcome.ok, either: true }[expectation];
      if (!expected || came === 'photo-failed') wrong.push(`${path} ${key}`);
    }
    console.info(counts);
    expect(wrong).toEqual([]);
  });

  test('come out upright, in full, and without a word of what they held', () => {
    const wrong: string[] = [];
    for (const [{ path, display, mustNotLeak }, outcome] of outcomes) {
      if (!outcome.ok) continue;
      const { master, renditions } = outcome.photo;
      for (const { bytes } of [master, ...Object.values(renditions)]) {
        // Shorter strings stand in any picture by chance.
        const long = mustNotLeak.filter((text) => text.length > 3);
        if (long.some((text) => bytes.includes(text))) wrong.push(`${path} leaks`);
      }
      if (display && !isFitted(display, [master.width, master.height])) wrong.push(`${path} size`);
    }
    expect(wrong).toEqual([]);
  });

  test('show their rainbow flags', () => {
    const [flags, others]: [Listed[], Listed[]] = [[], []];
    for (const [file, outcome] of outcomes) {
      const { rainbowFlag } = file.labels;
      if (outcome.ok && rainbowFlag === true) flags.push(file);
      // Look-alikes and other pride flags may be taken for one.
      if (outcome.ok && (rainbowFlag === false || rainbowFlag === undefined)) others.push(file);
    }
    const hits = flags.filter((file) => isRainbow(outcomes.get(file)));
    const alarms = others.filter((file) => isRainbow(outcomes.get(file)));
    console.info(`flags ${hits.length}/${flags.length}, false ${alarms.length}/${others.length}`);
    expect(hits.length / flags.length).toBeGreaterThanOrEqual(0.8);
    expect(alarms.map(({ path }) => path)).toEqual([]);
  });
});

function isRainbow(outcome: CleanOutcome | undefined): boolean {
  if (!outcome?.ok) return false;
  return outcome.photo.checks.some(({ finding }) => finding === 'found');
}

function isFitted(display: [number, number], found: [number, number]): boolean {
  const shrink = Math.min(1, 3000 / Math.max(...display));
  return display.every((side, index) => Math.abs(side * shrink - (found[index] ?? 0)) <= 1);
}
