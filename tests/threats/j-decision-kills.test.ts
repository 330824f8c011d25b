import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, onTestFailed } from 'vitest';
import { dice, SEED } from '../support/dice.ts';
import { openInside } from '../support/inside.ts';
import { signIn } from '../support/people.ts';
import { plant } from '../support/plant.ts';
import { untilAtRest } from '../support/rest.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { type Acknowledgements, moderate, takeBack } from '../support/staff-work.ts';

const KILLS = rounds({ quick: 6, ci: 12, long: 200 });
const PHOTOS = 90;
const WITHDRAWN = 45;
const LONGEST_LIFE_MS = 1_200;
const LIMIT_MS = 300_000 + KILLS * 5_000;

let service: Service;
afterEach(() => service?.dispose());

it(
  'J1 J6 killed while moderators decide and supporters withdraw, with checkpoints all the time: files are as the rows say',
  async () => {
    onTestFailed(() => console.error(`SEED=${SEED} KILLS=${KILLS}`));
    service = await startService({ BRAKE_PHOTOS: '1000000' });
    await service.stop();
    const inside = await openInside({ folder: service.folder });
    const planted = await plant(inside, PHOTOS);
    await inside.close();
    await service.restart();

    const done: Acknowledgements = { decisions: 0, withdrawn: new Set() };
    let stopped = false;
    const over = () => stopped;
    const staff = await Promise.all(
      ['ada@example.org', 'bo@example.org'].map((address) => signIn(service, address)),
    );
    const people = [
      ...staff.map((one, i) => moderate(one, dice(SEED + i), over, done)),
      takeBack(service, planted.slice(0, WITHDRAWN), over, done),
    ];
    const random = dice(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(random() * LONGEST_LIFE_MS);
      await service.kill();
      await service.restart();
    }
    stopped = true;
    await Promise.all(people);
    console.log(`${KILLS} kills, ${done.decisions} decisions, ${done.withdrawn.size} withdrawals`);

    const { rows } = await untilAtRest(service);
    for (const { id, state, pictureMonth } of rows) {
      if (done.withdrawn.has(id)) expect(state).toBe('withdrawn');
      expect(pictureMonth !== null, state).toBe(state === 'approved');
    }
    await expectGone(done.withdrawn);
  },
  LIMIT_MS,
);

async function expectGone(ids: Iterable<string>): Promise<void> {
  for (const id of ids) {
    for (const path of [`/api/v1/gallery/${id}`, `/photos/${id}/480.jpg`, `/gallery/${id}`]) {
      expect((await fetch(service.url + path)).status, path).toBe(410);
    }
  }
}
