import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, onTestFailed } from 'vitest';
import type { Area } from '../../src/submission/areas.ts';
import { dice, pick, SEED } from '../support/dice.ts';
import { ask } from '../support/http.ts';
import { readLedger } from '../support/ledger.ts';
import { noiseIn, withNoise } from '../support/noise.ts';
import { approve, cover, type Staff, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { untilAtRest } from '../support/rest.ts';
import { rounds } from '../support/rounds.ts';
import { openSealed } from '../support/sealed.ts';
import { type Service, startService } from '../support/service.ts';

const KILLS = rounds({ quick: 4, ci: 6, long: 100 });
const PHOTOS = 4;
/** Longer than a covering with its publication takes. */
const LONGEST_MS = 900;

const PLACES: Area[] = [
  { x: 0.05, y: 0.1, width: 0.25, height: 0.35 },
  { x: 0.4, y: 0.1, width: 0.25, height: 0.35 },
  { x: 0.7, y: 0.1, width: 0.25, height: 0.35 },
  { x: 0.05, y: 0.55, width: 0.25, height: 0.35 },
  { x: 0.4, y: 0.55, width: 0.25, height: 0.35 },
];

let service: Service;
afterEach(() => service?.dispose());

/** A photo of the test. */
interface Known {
  id: string;
}

it(
  'J1 killed while public photos are covered: nothing public shows what was to be covered',
  async () => {
    onTestFailed(() => console.error(`SEED=${SEED} KILLS=${KILLS}`));
    const random = dice(SEED);
    service = await startService({ BRAKE_PHOTOS: '1000' });
    // The session outlives every kill.
    const staff = await signIn(service);
    const known = await Promise.all(Array.from({ length: PHOTOS }, (_, at) => publish(staff, at)));
    for (let kill = 0; kill < KILLS; kill++) {
      const one = pick(random, known);
      const ordered = order(staff, one).catch(() => undefined);
      await sleep(random() * LONGEST_MS);
      await service.kill();
      await ordered;
      await service.restart();
      await expectNothingOld(known);
    }
    await untilAtRest(service);
    const { total } = await (await fetch(`${service.url}/api/v1/gallery`)).json();
    expect(total).toBe(PHOTOS);
    await expectNothingOld(known);
  },
  120_000 + KILLS * 30_000,
);

async function publish(staff: Staff, seed: number): Promise<Known> {
  let picture = await photo({ width: 800, height: 600, seed: seed + 1 });
  for (const place of PLACES) picture = await withNoise(picture, place);
  const { id } = await (await sendPhoto(service, picture)).json();
  expect((await approve(staff, id, 2)).status).toBe(200);
  return { id };
}

/** Orders the next place of a photo to be covered; what is decided stands in its row. */
async function order(staff: Staff, one: Known): Promise<void> {
  const path = `/api/v1/moderation/submissions?state=approved&limit=100`;
  const { items } = (await (await staff.get(path)).json()) as {
    items: { id: string; version: number; covers: number }[];
  };
  const item = items.find(({ id }) => id === one.id);
  const place = PLACES[item?.covers ?? PLACES.length];
  if (item && place) await cover(staff, one.id, item.version, [place]);
}

/** Whatever is public has no place left that its row says is covered, in any of its pictures. */
async function expectNothingOld(known: Known[]): Promise<void> {
  const rows = (await readLedger(service.folder)).rows;
  for (const { id } of known) {
    const row = rows.find((each) => each.id === id);
    const covers = row?.covers as unknown as Area[];
    const { status, text } = await ask(`${service.url}/api/v1/gallery/${id}`);
    if (status !== 200) continue;
    const { images } = JSON.parse(text) as { images: { url: string }[] };
    for (const { url } of images) {
      const answer = await ask(url);
      if (answer.status !== 200) continue;
      for (const area of covers) expect(await noiseIn(answer.body, area), url).toBeLessThan(6);
    }
    if (row?.task) continue;
    const master = await openSealed(service, id, 'master');
    for (const area of covers)
      expect(await noiseIn(master ?? Buffer.alloc(0), area)).toBeLessThan(6);
  }
}
