import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type Site } from '../support/site.ts';
import { openLife } from '../support/submissions.ts';

const PATH = '/api/v1/gallery/changes';
const DAY = 86_400_000;

interface Answer {
  items: { id: string; change: string }[];
  next: string;
  more: boolean;
}

let site: Site;
let life: ReturnType<typeof openLife>;
beforeAll(async () => {
  site = await openSite();
  life = openLife(site.store);
  for (let i = 0; i < 3; i += 1) await life.published();
});
afterAll(() => site.close());

const call = (since?: string, limit = 100) =>
  site.get(`${PATH}?limit=${limit}${since === undefined ? '' : `&since=${since}`}`);
const read = async (since?: string, limit?: number): Promise<Answer> => {
  const answer = await call(since, limit);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
};

/** A mirror as the page for builders explains it: a cursor, the gallery once, then the changes. */
async function openMirror() {
  let { next } = await read();
  const held = new Set<string>();
  let cursor = '';
  do {
    const page = await site.get(
      `/api/v1/gallery?limit=2&fields=id&cursor=${cursor}`.replace(/&cursor=$/, ''),
    );
    const { items, nextCursor } = (await page.json()) as {
      items: { id: string }[];
      nextCursor: string | null;
    };
    for (const { id } of items) held.add(id);
    cursor = nextCursor ?? '';
  } while (cursor);
  return {
    held,
    async follow(limit = 100) {
      for (let more = true; more; ) {
        const answer = await read(next, limit);
        for (const { id, change } of answer.items) {
          if (change === 'approved') held.add(id);
          else held.delete(id);
        }
        ({ next, more } = answer);
      }
    },
  };
}

const shown = async () => new Set((await site.store.gallery.list({}, 1000)).map(({ id }) => id));

describe('the changes of the gallery', () => {
  it('begin with a cursor and tell nothing of before', async () => {
    const first = await read();
    expect(first).toEqual({ items: [], next: expect.any(String), more: false });
    expect(await read(first.next)).toEqual({ items: [], next: first.next, more: false });
  });

  it.each([1, 2, 100])('keep a mirror in step, in pages of %i', async (limit) => {
    const mirror = await openMirror();
    expect(mirror.held).toEqual(await shown());
    const fresh = [await life.published(), await life.published(), await life.published()];
    await site.store.submissions.withdraw(fresh[0] ?? '', site.now());
    const [known] = mirror.held;
    await life.decide(known ?? '', 'reopened');
    await mirror.follow(limit);
    expect(mirror.held).toEqual(await shown());
    expect(mirror.held).toContain(fresh[1]);
    expect(mirror.held).not.toContain(known);
  });

  it('lose nothing that happens while a mirror turns pages', async () => {
    const { next } = await read();
    const ids = [await life.published(), await life.published(), await life.published()].sort();
    const first = await read(next, 1);
    expect(first).toMatchObject({ items: [{ id: ids[0], change: 'approved' }], more: true });
    await site.store.submissions.withdraw(ids[0] ?? '', site.now());
    const second = await read(first.next, 2);
    expect(second.items.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(second.more).toBe(false);
    expect((await read(second.next)).items).toEqual([{ id: ids[0], change: 'withdrawn' }]);
  });

  it('are asked for with a cursor nobody can read or make up', async () => {
    const { next } = await read();
    expect(Buffer.from(next, 'base64url').toString('latin1')).not.toMatch(/from|day|20\d\d/);
    const gallery = (await (await site.get('/api/v1/gallery?limit=1')).json()) as {
      nextCursor: string;
    };
    for (const made of ['', 'x', next.slice(1), `${next.slice(0, -2)}AA`, gallery.nextCursor]) {
      const answer = await call(made);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        400,
        'cursor-invalid',
      ]);
    }
  });

  it('begin anew for who stayed away for more than a month, not for who always asks', async () => {
    const { next } = await read();
    site.clock.pass(20 * DAY);
    const asked = await read(next);
    expect(asked.items).toEqual([]);
    site.clock.pass(20 * DAY);
    expect((await read(asked.next)).more).toBe(false);
    const refused = await call(next);
    expect(refused.status).toBe(410);
    const problem = (await refused.json()) as { code: string; detail: string };
    expect(problem.code).toBe('cursor-too-old');
    expect(problem.detail).toContain('30 days');
  });

  it('begin anew when an older copy of the database was put back', async () => {
    await life.published();
    const { next } = await read();
    const seq = await site.store.changes.newest();
    await site.database.write((tx) => tx.publicChange.deleteMany({ where: { seq } }));
    expect((await call(next)).status).toBe(410);
  });
});
