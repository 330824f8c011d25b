import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doNext } from '../../src/processing/do-next.ts';
import type { Resources } from '../../src/resources.ts';
import { openDatabase } from '../../src/store/database.ts';
import { databaseUrl } from '../support/database.ts';
import { readDisk } from '../support/disk.ts';
import { onSqlite } from '../support/engines.ts';
import { eventually } from '../support/http.ts';
import { openInside } from '../support/inside.ts';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Planted, plant } from '../support/plant.ts';
import { rounds } from '../support/rounds.ts';
import { findRun } from '../support/runs.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

const COUNT = rounds({ quick: 60, ci: 1_000, long: 1_000 });
/** So many of them are left for the running service to publish, encode and erase. */
const FOR_THE_SERVICE = 30;
const REFUSED = 5;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EMAIL = 'canary-seizure@supporters.example';
const SEEN = { flag: true, slogan: true, embassy: true };
const FATES = ['waiting', 'published', 'counted', 'rejected', 'reopened', 'withdrawn'] as const;
type Fate = (typeof FATES)[number];
/** Moderators here decide more in an hour than anybody does. */
const NO_BRAKE = { BRAKE_PHOTOS: '1000000' };

let service: Service;
let seized: [path: string, bytes: Buffer][];
let picture: Buffer;
const planted: (Planted & { fate: Fate })[] = [];

beforeAll(async () => {
  service = await startService({ MODERATORS: 'ada@example.org', ...NO_BRAKE });
  await service.stop();
  picture = await photo({ width: 96, height: 72 });
  const inside = await openInside({ folder: service.folder, environment: NO_BRAKE });
  try {
    await walkMany(inside, COUNT - FOR_THE_SERVICE);
    await publishAll(inside);
    await walkMany(inside, FOR_THE_SERVICE);
  } finally {
    await inside.close();
  }
  await service.restart();
  for (let at = 0; at < REFUSED; at += 1) {
    const answer = await sendPhoto(service, picture.subarray(0, -at - 99), { email: EMAIL });
    expect([202, 422]).toContain(answer.status);
  }
  await settled();
  await service.stop();
  seized = await readDisk(service.folder);
}, 600_000);
afterAll(() => service?.dispose());

const ENDS = ['waiting', 'approved', 'rejected', 'refused', 'withdrawn'];

/** As intake writes it down. */
function hour(): Date {
  return new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
}

/** Each sixth of them has the same fate. */
async function walkMany(inside: Resources, count: number): Promise<void> {
  const sized = { bytes: picture, width: 96, height: 72 };
  for (const [at, fate] of FATES.entries()) {
    const exposure = fate === 'counted' ? 'counted' : 'shown';
    const share = Math.ceil((count - at) / FATES.length);
    const options = { picture: sized, email: EMAIL, exposure } as const;
    for (const one of await plant({ ...inside, now: hour }, share, options)) {
      planted.push({ ...one, fate });
      await walk(inside, one.id, fate);
    }
  }
}

/** What people do about it; the service does the rest. */
async function walk({ store, now }: Resources, id: string, fate: Fate): Promise<void> {
  if (fate === 'waiting') return;
  if (fate === 'withdrawn') return store.submissions.withdraw(id, now());
  const order = { id, version: 2, moderatorId: 'ada' };
  const first =
    fate === 'rejected'
      ? ({ ...order, decision: 'rejected', reason: 'no-flag' } as const)
      : ({ ...order, decision: 'approved', criteria: SEEN } as const);
  expect((await store.decisions.decide(first, now())).kind).toBe('done');
  if (fate !== 'reopened') return;
  const second = { ...order, version: 3, decision: 'reopened' } as const;
  expect((await store.decisions.decide(second, now())).kind).toBe('done');
}

/** As the service does it, but that nothing is drawn: that would take a second for each. */
async function publishAll(inside: Resources): Promise<void> {
  const drawn = { bytes: picture, width: 96, height: 72 };
  const images = {
    ...inside.images,
    encodeAvif: async () => ({ 480: drawn, 960: drawn, 1920: drawn }),
    drawCard: async () => picture,
  };
  const log = { info() {}, warn() {}, error: () => expect.unreachable() };
  const tools = { ...inside, images, publicUrl: inside.config.publicUrl, log };
  while (await doNext(tools, ['publish', 'encode', 'card']));
}

/** Nothing is left to be done but what waits for its date. */
function settled(ahead = 0) {
  return eventually(async () => {
    const database = await openDatabase(databaseUrl(service.folder));
    try {
      const where = { task: { not: null }, dueAt: { lte: new Date(Date.now() + ahead) } };
      return (await database.read.submission.count({ where })) === 0;
    } finally {
      await database.close();
    }
  }, 300_000);
}

describe(`the whole disk, seized after ${COUNT} submissions`, () => {
  it('G11 G16 holds no address of a supporter, and no receipt', async () => {
    const traces = [EMAIL, ...planted.flatMap(({ receipt }) => [receipt])].map((text) => {
      return Buffer.from(text);
    });
    for (const [name, bytes] of seized) {
      expect(traces.filter((trace) => bytes.includes(trace)).length, name).toBe(0);
    }
    expect(service.output()).not.toContain(EMAIL);
  });

  it('G16 holds no pixel that is not public, readable without the key', async () => {
    const hidden = seized.filter(([name]) => !name.includes('uploads/public/'));
    expect(hidden.filter(([name]) => name.includes('/private/')).length).toBeGreaterThan(100);
    expect(findRun(Buffer.concat(hidden.map(([, bytes]) => bytes)), [picture])).toBeNull();
    const open = (await storedFiles(service)).filter((file) => file.startsWith('public/'));
    const shown = planted.filter(({ fate }) => fate === 'published').map(({ id }) => id);
    expect(shown.length).toBeGreaterThan(5);
    const owners = open.map((file) => file.split('/')[1] ?? '');
    expect(owners.filter((id) => id !== 'mosaic' && !shown.includes(id))).toEqual([]);
  });

  it('G16 knows no time of a supporter finer than the hour', async () => {
    const database = await openDatabase(databaseUrl(service.folder));
    try {
      const rows = await database.read.submission.findMany();
      expect(rows).toHaveLength(COUNT + REFUSED);
      expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(ENDS));
      const fine = rows.filter(({ receivedAt }) => receivedAt.getTime() % HOUR_MS !== 0);
      expect(fine).toEqual([]);
      expect(rows.filter(({ task, dueAt }) => task !== 'erase' && dueAt !== null)).toEqual([]);
      const where = { submissionId: { not: null } };
      const mails = await database.read.outboxMessage.findMany({ where });
      expect(mails.length).toBeGreaterThan(0);
      expect(mails.filter(({ createdAt }) => createdAt.getTime() % HOUR_MS !== 0)).toEqual([]);
      for (const { state, city, name, message, facts } of rows) {
        if (state !== 'withdrawn' && state !== 'refused') continue;
        expect([city, name, message, facts]).toEqual(['', null, null, null]);
      }
    } finally {
      await database.close();
    }
  });

  it('G13 has ids that tell no order', () => {
    const ids = planted.map(({ id }) => id);
    const ranks = new Map([...ids].sort().map((id, rank) => [id, rank]));
    const n = ids.length;
    const squares = ids.reduce((sum, id, i) => sum + (i - (ranks.get(id) ?? 0)) ** 2, 0);
    const rho = 1 - (6 * squares) / (n * (n * n - 1));
    // Five standard deviations of what chance does: 0.16 of a thousand.
    expect(Math.abs(rho)).toBeLessThan(5 / Math.sqrt(n - 1));
  });
});

/** Where others serve as well, the time is the database server's: nobody can set its clock ahead. */
it.skipIf(!onSqlite)(
  'G12 G17 a month later addresses and rejected photos are in no byte; after the end, all but the public',
  async () => {
    const contacts = await contactsOf();
    expect(contacts.length).toBeGreaterThan(10);
    const decided = contacts.filter(({ eraseAt }) => eraseAt !== null);
    await service.restart(clockAhead(31 * DAY_MS));
    await settled(31 * DAY_MS);
    await service.stop();
    const left = await contactsOf();
    expect(left.filter(({ eraseAt }) => eraseAt !== null)).toEqual([]);
    const rows = (await readDisk(service.folder)).filter(([name]) => name.includes('data.db'));
    for (const { address } of decided) {
      for (const [name, bytes] of rows) expect(bytes.includes(address), name).toBe(false);
    }
    const files = await storedFiles(service);
    const rejected = planted.filter(({ fate }) => fate === 'rejected' || fate === 'counted');
    expect(files.filter((file) => rejected.some(({ id }) => file.includes(id)))).toEqual([]);

    const lastDay = new Date().toISOString().slice(0, 10);
    await service.restart({ ...clockAhead(92 * DAY_MS), CAMPAIGN_END: lastDay });
    await eventually(async () => (await contactsOf()).length === 0, 60_000);
    await settled(92 * DAY_MS);
    const kept = (await storedFiles(service)).filter((file) => file.startsWith('private/'));
    const shown = planted.filter(({ fate }) => fate === 'published').map(({ id }) => id);
    expect(kept.filter((file) => file.endsWith('.master'))).toEqual([]);
    expect(kept.filter((file) => !shown.some((id) => file.includes(id)))).toEqual([]);
    expect(kept).toHaveLength(shown.length * 3);
  },
  600_000,
);

async function contactsOf() {
  const database = await openDatabase(databaseUrl(service.folder));
  try {
    const rows = await database.read.contact.findMany();
    return rows.map(({ address, eraseAt }) => ({ address: Buffer.from(address), eraseAt }));
  } finally {
    await database.close();
  }
}

/** For a process whose clock runs so far ahead. */
function clockAhead(ms: number): Record<string, string> {
  const code = `const D = Date; globalThis.Date = class extends D {
    constructor(...a) { if (a.length) super(...a); else super(D.now() + ${ms}); }
    static now() { return D.now() + ${ms}; }
  };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}
