import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dice, SEED } from '../support/dice.ts';
import { onSqlite } from '../support/engines.ts';
import { readLedger } from '../support/ledger.ts';
import { sendPhoto, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';

const MIGRATIONS = rounds({ quick: 2, ci: 4, long: 50 });
const RESTARTS = rounds({ quick: 2, ci: 4, long: 100 });
const UPLOADS = rounds({ quick: 20, ci: 60, long: 200 });
const LONGEST_START_MS = 1_500;
const STOP_MS = 30_000;

let service: Service;
beforeEach(async () => {
  service = await startService({ IMAGE_WORKERS: '1' });
});
afterEach(() => service?.dispose());

it.skipIf(!onSqlite)(
  'J6 killed while the database is made: the next start makes it whole',
  async () => {
    const random = dice(SEED);
    for (let round = 0; round < MIGRATIONS; round++) {
      await service.stop();
      const names = (await readdir(service.folder)).filter((name) => name.startsWith('data.db'));
      for (const name of names) await rm(join(service.folder, name));
      // One that is there, if only empty, is migrated; else it begins as a copy.
      if (round % 2 === 1) await writeFile(join(service.folder, 'data.db'), '');
      const starting = service.restart().catch(() => undefined);
      await sleep(random() * LONGEST_START_MS);
      await service.kill();
      await starting;
      await service.restart();
      expect((await readLedger(service.folder)).faults).toEqual([]);
      expect((await sendPhoto(service, await photo())).ok).toBe(true);
    }
  },
  60_000 + MIGRATIONS * 20_000,
);

it('J7 told to stop in the middle of uploads: what was taken is kept, in time, without a 5xx but 503', async () => {
  const picture = await photo({ width: 3000, height: 2000 });
  const answers = Array.from({ length: UPLOADS }, () =>
    sendPhoto(service, picture).catch(() => null),
  );
  await Promise.race(answers);
  const asked = Date.now();
  expect(await service.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(STOP_MS);
  const taken: string[] = [];
  for (const answer of await Promise.all(answers)) {
    if (!answer) continue;
    expect([201, 202, 503]).toContain(answer.status);
    if (answer.ok) taken.push((await answer.json()).receipt);
  }
  expect(taken.length).toBeGreaterThan(0);
  await service.restart();
  for (const receipt of taken) expect((await withReceipt(service, receipt)).status).toBe(200);
}, 180_000);

it('J7 a second SIGTERM ends it at once', async () => {
  const picture = await photo({ width: 3000, height: 2000 });
  const busy = Array.from({ length: 10 }, () => sendPhoto(service, picture).catch(() => null));
  await Promise.race(busy);
  process.kill(service.pid, 'SIGTERM');
  await sleep(20);
  const asked = Date.now();
  await service.stop();
  expect(Date.now() - asked).toBeLessThan(STOP_MS);
  await Promise.all(busy);
});

it.skipIf(!onSqlite)(
  'J15 J18 a second process is refused at its start, and the first goes on',
  async () => {
    expect(await service.command('serve')).toBe(
      'Another process serves this database already (DATABASE_URL).',
    );
    expect((await sendPhoto(service, await photo())).ok).toBe(true);
  },
);

it(
  'J8 started again and again: nothing grows',
  async () => {
    const { receipt } = await (await sendPhoto(service, await photo())).json();
    const before = (await readLedger(service.folder)).files;
    for (let round = 0; round < RESTARTS; round++) {
      await service.stop();
      await service.restart();
    }
    const { files, faults } = await readLedger(service.folder);
    expect(files).toEqual(before);
    expect(faults).toEqual([]);
    expect((await (await withReceipt(service, receipt)).json()).state).toBe('waiting');
  },
  60_000 + RESTARTS * 10_000,
);
