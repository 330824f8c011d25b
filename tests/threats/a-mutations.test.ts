import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { dice, pick, SEED } from '../support/dice.ts';
import { inLanes, judge } from '../support/judge.ts';
import { mutate } from '../support/mutate.ts';
import { photo, photoAs, withTraces } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

const TIMES = rounds({ quick: 60, ci: 2_000, long: 10_000 });
const IN_FLIGHT = 8;
/** Nothing may hang; a machine with much else to do is slow. */
const MOST_MS = 60_000;

let service: Service;
let alive: () => Promise<void>;
let seeds: Buffer[];

beforeAll(async () => {
  service = await startService({ QUEUE_LENGTH: '100000' });
  alive = watchAlive(service);
  const size = { width: 160, height: 120 };
  const jpeg = await photo(size);
  seeds = [
    jpeg,
    withTraces(jpeg),
    await sharp(jpeg).jpeg({ progressive: true }).toBuffer(),
    await photoAs('png', size),
    await sharp(jpeg).png({ progressive: true, palette: true }).toBuffer(),
    await photoAs('webp', size),
    await sharp(jpeg).webp({ lossless: true }).toBuffer(),
    await photoAs('avif', size),
  ];
});
afterAll(() => service?.dispose());

it(`A24 of ${TIMES} mutated pictures none crashes, hangs or leaves anything (seed ${SEED})`, async () => {
  const random = dice(SEED);
  const files = Array.from({ length: TIMES }, () => mutate(pick(random, seeds), seeds, random));
  const ends: Record<string, number> = {};
  const wrong: string[] = [];
  let [taken, slowest] = [0, 0];
  await inLanes(IN_FLIGHT, files, async (file, at) => {
    const { status, end, ms } = await judge(service, file);
    ends[end] = (ends[end] ?? 0) + 1;
    slowest = Math.max(slowest, ms);
    if (end === 'waiting') taken += 1;
    else if (!/^(photo-(type|broken|too-many-pixels|too-costly)|form-invalid)$/.test(end)) {
      wrong.push(`mutation ${at}: ${status} ${end}`);
    }
  });
  console.info(`${TIMES} mutations, slowest ${slowest.toFixed(0)} ms`, ends);
  expect(wrong).toEqual([]);
  expect(slowest).toBeLessThan(MOST_MS);
  await expect.poll(() => storedFiles(service)).toHaveLength(4 * taken);
  await alive();
}, 3_600_000);
