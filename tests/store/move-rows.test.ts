import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/store/engine.ts';
import { compareRows, moveRows } from '../../src/store/move-rows.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { FACTS, NOON, newSubmission } from '../support/submissions.ts';

const OPTIONS = { reserveMb: 0, pool: 2 };
const [FIRST, SECOND] = ['aaaaaaaa', 'bbbbbbbb'];
/** More than are asked for at once, in pieces that no batch ends with. */
const [GROUPS, ALIKE] = [67, 18];
const nobody = () => undefined;

let folder: string;
let server: Server | undefined;
const open: Engine[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compete-move-'));
  if (!programs) return;
  server = await startServer();
  // Another order of texts than SQLite's.
  const order = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'";
  await tell(server.url('postgres'), `CREATE DATABASE sorted ${order}`);
});
afterAll(async () => {
  for (const engine of open) await engine.close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

async function at(url: string): Promise<Engine> {
  const engine = await openEngine(url, OPTIONS);
  open.push(engine);
  return engine;
}

/** Rows of every kind of value, and some of which others depend. */
async function fill({ transact }: Engine): Promise<void> {
  await transact(async (tx) => {
    const place = { kind: 'embassy', name: 'Here', city: 'Wien', country: 'AT', precision: 'city' };
    const where = { latitude: 48.2082, longitude: -16.37 };
    await tx.embassy.create({ data: { slug: 'here', ...place, ...where } });
    for (const id of [FIRST, SECOND]) {
      const row = newSubmission({ id, embassySlug: 'here', idempotencyHash: id, name: null });
      const { covers, ...rest } = row;
      const facts = id === FIRST ? { facts: { ...FACTS, z: [1.5, null, { b: 'ü', a: '' }] } } : {};
      await tx.submission.create({
        data: { ...rest, state: 'received', covers: [], ...facts, receivedAt: NOON },
      });
      await tx.contact.create({ data: { submissionId: id, address: new Uint8Array([0, 255, 7]) } });
    }
    await tx.logEntry.create({ data: { id: 1, at: new Date(1_763_640_000_123), decision: 'x' } });
    for (const submissionId of ['x', 'y', 'z']) {
      await tx.publicChange.create({
        data: { submissionId, change: 'approved', day: '2026-11-20' },
      });
    }
    await tx.publicChange.deleteMany({ where: { submissionId: 'z' } });
    const alike = Array.from({ length: GROUPS * ALIKE }, (_, i) => ({
      submissionId: `${i % 2 ? 'A' : 'a'}-${i % GROUPS}`,
      otherId: `é${i}`,
      distance: i,
    }));
    await tx.likeness.createMany({ data: alike });
  });
}

/** What goes on at the source between two attempts. */
async function change({ transact }: Engine): Promise<void> {
  await transact(async (tx) => {
    await tx.embassy.update({ where: { slug: 'here' }, data: { name: 'There' } });
    // A unique value changes hands, and rows go that others refer to.
    await tx.submission.update({ where: { id: FIRST }, data: { idempotencyHash: null } });
    const given = { idempotencyHash: FIRST };
    await tx.submission.update({ where: { id: SECOND }, data: given });
    await tx.contact.deleteMany({ where: { submissionId: SECOND } });
    await tx.likeness.deleteMany({ where: { distance: { lt: 100 } } });
    await tx.setting.create({ data: { key: 'new', value: 'here' } });
  });
}

async function expectSame(source: Engine, target: Engine): Promise<void> {
  const all = await compareRows(source, target, nobody);
  expect(all.map((each) => each.target)).toEqual(all.map((each) => each.source));
  const likeness = all.find(({ model }) => model === 'Likeness');
  expect(likeness?.source.count).toBeGreaterThan(1_000);
}

async function expectMoves(source: Engine, target: Engine): Promise<void> {
  await moveRows(source, target, nobody);
  await expectSame(source, target);
  await change(source);
  await expect(expectSame(source, target)).rejects.toThrow();
  await moveRows(source, target, nobody);
  await expectSame(source, target);
  const data = { submissionId: 'later', change: 'approved', day: '2026-11-20' };
  // The third was given once, though its row is gone.
  expect((await target.transact((tx) => tx.publicChange.create({ data }))).seq).toBe(4);
}

describe('rows that move', () => {
  it('are the same in another file of SQLite, also after a second attempt', async () => {
    const [source, target] = [await at(`file:${folder}/a.db`), await at(`file:${folder}/b.db`)];
    await fill(source);
    await expectMoves(source, target);
  });

  it.skipIf(!programs)(
    'are the same in PostgreSQL, which orders texts otherwise, and back',
    async () => {
      const source = await at(`file:${folder}/c.db`);
      const target = await at(server?.url('sorted') ?? '');
      await fill(source);
      await expectMoves(source, target);
      const back = await at(`file:${folder}/d.db`);
      await moveRows(target, back, nobody);
      await expectSame(target, back);
      const data = { submissionId: 'much later', change: 'approved', day: '2026-11-20' };
      expect((await back.transact((tx) => tx.publicChange.create({ data }))).seq).toBe(5);
    },
  );
});
