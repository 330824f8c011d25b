import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { BOMBS } from '../support/bombs.ts';
import { judge, type Verdict } from '../support/judge.ts';
import { watchPeak } from '../support/peak.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

/** Of all processes together. */
const MOST_MB = 900;
const SAMPLE_MS = 30;
/** How often each kind of bomb is thrown when all of them come at once. */
const EACH = rounds({ quick: 1, ci: 1, long: 50 });

let service: Service;
let alive: () => Promise<void>;
const files = new Map<string, Buffer>();

beforeAll(async () => {
  service = await startService({ LINE_LENGTH: '5000', QUEUE_LENGTH: '5000' });
  alive = watchAlive(service);
  for (const { name, make } of BOMBS) files.set(name, await make());
});
afterAll(() => service?.dispose());

it('A9 A10 A11 A12 A13 A14 A15 A16 each bomb is refused at once, or is no bomb here', async () => {
  for (const { name, isRefused } of BOMBS) {
    const { status, end, ms } = await judge(service, files.get(name) ?? Buffer.alloc(0));
    if (isRefused) {
      expect([413, 422], name).toContain(status);
      expect(end, name).toMatch(/^photo-(too-many-pixels|too-costly|broken)$/);
      expect(ms, name).toBeLessThan(1_000);
    } else expect(['waiting', 'photo-broken'], name).toContain(end);
  }
  await alive();
});

it(`A14 K6 ${EACH} bombs of every kind at once: below ${MOST_MB} MB, good photos go on`, async () => {
  const before = await storedFiles(service);
  const memory = await watchPeak(service.pid, SAMPLE_MS);
  let thrown = true;
  const all = Array.from({ length: EACH }, () => [...files.values()]).flat();
  const bombs = Promise.all(all.map((file) => judge(service, file)));
  const good = sendUntil(() => !thrown);
  const ends = await bombs.finally(() => {
    thrown = false;
  });
  const photos = await good;
  const peak = await memory.stop();

  const slowest = Math.max(...photos.map(({ ms }) => ms));
  console.info(
    `${all.length} bombs, ${photos.length} good photos meanwhile (slowest ${slowest.toFixed(0)} ms), ` +
      `peak ${peak.toFixed(0)} MB, ${count(ends)}`,
  );
  expect(photos.map(({ end }) => end).filter((end) => end !== 'waiting')).toEqual([]);
  expect(ends.filter(({ status }) => status >= 500)).toEqual([]);
  expect(ends.filter(({ end }) => end === 'photo-failed')).toEqual([]);
  expect(peak).toBeLessThan(MOST_MB);
  const kept = [...ends, ...photos].filter(({ end }) => end === 'waiting').length;
  await expect.poll(() => storedFiles(service)).toHaveLength(before.length + 4 * kept);
  await alive();
}, 3_600_000);

/** Good photos, one after the other, at least one. */
async function sendUntil(isOver: () => boolean): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  do {
    verdicts.push(await judge(service, await photo({ seed: 100 + verdicts.length })));
    await sleep(100);
  } while (!isOver());
  return verdicts;
}

function count(verdicts: readonly Verdict[]): string {
  const counts: Record<string, number> = {};
  for (const { end } of verdicts) counts[end] = (counts[end] ?? 0) + 1;
  return JSON.stringify(counts);
}
