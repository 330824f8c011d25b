import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Deed, record } from '../../src/store/log.ts';
import { ask } from '../support/http.ts';
import { openSite, type Site } from '../support/site.ts';

const PHOTO = '0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a60';
const DAY = new Date('2026-11-20T12:00:00Z');
/** The settings made two people admins. */
const BEFORE = 4;
const FORMULA = '=HYPERLINK("https://evil.example";"win")';

let site: Site;
let cookie: string;
let ada: string;
beforeEach(async () => {
  site = await openSite();
  ({ cookie } = await site.signIn());
  ada = (await site.store.moderators.byAddress('ada@example.org'))?.id ?? '';
});
afterEach(() => site.close());

const write = (deed: Partial<Deed>, at = DAY) =>
  site.database.write((tx) =>
    record(tx, site.keys, at, { moderatorId: ada, decision: 'approved', ...deed }),
  );
const get = (path: string) => site.get(path, { cookie, 'accept-encoding': 'identity' });
const textOf = async (path: string) => (await get(path)).text();

describe('the page of the log', () => {
  it('shows what was chosen, and keeps the choice in the form, the next page and the table', async () => {
    for (let entry = 0; entry < 26; entry++) await write({ submissionId: PHOTO });
    await write({ decision: 'rejected', reason: 'no-flag', note: 'a colleague’s note' });
    const html = await textOf(
      `/moderation/log?person=${ada}&act=approved&reason=&photo=0b8e7a52&from=2026-11-20&to=2026-11-20`,
    );
    expect(html.match(/<time /g)).toHaveLength(24);
    expect(html).not.toContain('a colleague’s note');
    expect(html).toMatch(/<option value="approved" selected>/);
    expect(html).toContain(`<option value="${ada}" selected>ada@example.org`);
    expect(html).toContain('value="2026-11-20"');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(html) ?? [];
    const older = await textOf(next.replaceAll('&amp;', '&'));
    expect(older.match(/<time /g)).toHaveLength(2);
    expect(html).toMatch(/log\.csv\?person=[^"]+&amp;act=approved&amp;photo=0b8e7a52/);
  });

  it('says so when nothing fits, and refuses what is no choice', async () => {
    expect(await textOf('/moderation/log?photo=nonsense')).toContain('Nothing fits');
    for (const query of ['act=danced', 'person=ada', 'reason=mood', 'from=yesterday', 'to=1']) {
      for (const path of ['/moderation/log', '/moderation/log.csv', '/api/v1/moderation/log']) {
        expect((await get(`${path}?${query}`)).status, `${path}?${query}`).toBe(400);
      }
    }
  });
});

it('is filtered the same way for programs', async () => {
  await write({ submissionId: PHOTO, hoursWaited: 7 });
  await write({ decision: 'access-reset', aboutId: ada, moderatorId: null });
  const read = async (query: string) =>
    (await (await get(`/api/v1/moderation/log?${query}`)).json()) as { items: object[] };
  expect((await read('act=access-reset')).items).toEqual([
    expect.objectContaining({ number: BEFORE + 2, moderator: '', about: 'ada@example.org' }),
  ]);
  expect((await read('person=command-line')).items).toHaveLength(BEFORE + 1);
  expect((await read(`photo=${PHOTO}`)).items).toEqual([
    expect.objectContaining({ number: BEFORE + 1, moderator: 'ada@example.org', hoursWaited: 7 }),
  ]);
});

describe('the table of the log', () => {
  it('C16 E19 holds what was chosen, for staff alone, and no formula', async () => {
    await write({ decision: 'rejected', reason: 'no-flag', note: FORMULA, submissionId: PHOTO });
    await write({});
    const response = await get('/moderation/log.csv?act=rejected');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [head, row, end] = bytes.toString().split('\n');
    expect(head).toContain('Number,When,Who,What');
    expect(row).toBe(
      `${BEFORE + 1},2026-11-20T12:00:00.000Z,ada@example.org,Rejected,${PHOTO},,No rainbow flag,` +
        `"'${FORMULA.replaceAll('"', '""')}",`,
    );
    expect(end).toBe('');
    expect((await site.get('/moderation/log.csv')).status).toBe(303);
  });

  it('is whole, and read no faster than it is taken', async () => {
    const ENTRIES = 20_000;
    const AT_ONCE = 500;
    const rows = Array.from({ length: ENTRIES }, (_, index) => ({
      // The service numbers entries itself, and so must this.
      id: ENTRIES + index,
      at: new Date(DAY.getTime() + index),
      moderatorId: ada,
      decision: 'approved',
      note: randomBytes(600).toString('base64'),
    }));
    while (rows.length > 0) {
      const data = rows.splice(0, AT_ONCE);
      await site.database.write((tx) => tx.logEntry.createMany({ data }));
    }
    const { list } = site.store.log;
    let reads = 0;
    site.store.log.list = (...args) => {
      reads++;
      return list(...args);
    };
    const headers = { cookie, 'accept-encoding': 'identity' };
    await new Promise<void>((left) => {
      const impatient = request(`${site.url}/moderation/log.csv`, { headers, agent: false });
      impatient.on('response', (response) => response.once('data', () => impatient.destroy()));
      impatient.on('close', left).end();
    });
    expect(reads).toBeLessThan(ENTRIES / 500);
    const { text } = await ask(`${site.url}/moderation/log.csv`, { headers });
    expect(text.split('\n')).toHaveLength(BEFORE + ENTRIES + 2);
  }, 60_000);
});
