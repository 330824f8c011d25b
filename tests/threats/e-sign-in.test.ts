import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSite, type Site } from '../support/site.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ADA = 'ada@example.org';
const QUEUE = '/api/v1/moderation/submissions';

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

const sessions = () => site.database.read.session.count();
const links = () => site.database.read.signInToken.count();
async function remove(address: string): Promise<void> {
  const found = await site.store.moderators.byAddress(address);
  expect(await site.store.people.remove(found?.id ?? '', null, site.now())).toBe('done');
}
const useToken = (token: string, headers?: Record<string, string>) =>
  site.post('/api/v1/session', { token }, headers);
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the link of a mail', () => {
  it('E1 changes nothing when it is fetched a hundred times, and still works', async () => {
    const token = await site.token();
    const link = `/moderation/sign-in?token=${token}`;
    for (let time = 0; time < 50; time++) {
      expect((await site.get(link)).status).toBe(200);
      expect((await fetch(site.url + link, { method: 'HEAD' })).status).toBe(200);
    }
    expect(await links()).toBe(1);
    expect(await sessions()).toBe(0);
    expect((await useToken(token)).status).toBe(200);
  });

  it('E4 opens one session, however many use it at once', async () => {
    const token = await site.token();
    const answers = await Promise.all(Array.from({ length: 100 }, () => useToken(token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(99).fill(401)]);
    expect(await sessions()).toBe(1);
    expect((await useToken(token)).status).toBe(401);
  });

  it('E3 is over after ten minutes', async () => {
    const [early, late] = [await site.token(), await site.token()];
    site.clock.pass(10 * MINUTE - 1);
    expect((await useToken(early)).status).toBe(200);
    site.clock.pass(1);
    expect((await useToken(late)).status).toBe(401);
  });

  it('E3 is refused when it is altered, and when its moderator is removed', async () => {
    const token = await site.token();
    const flipped = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
    for (const wrong of [flipped, '', ' ', `${token}A`, token.slice(1), '__proto__']) {
      expect((await useToken(wrong)).status).toBe(401);
    }
    await remove(ADA);
    expect((await useToken(token)).status).toBe(401);
    expect(await sessions()).toBe(0);
  });

  it('E3 works only in the browser that asked for it', async () => {
    const asking = 'asking=the-browser-that-asked';
    const token = await site.token(ADA, 'the-browser-that-asked');
    expect((await useToken(token)).status).toBe(401);
    expect((await useToken(token, { cookie: 'asking=another' })).status).toBe(401);
    expect((await useToken(token, { cookie: asking })).status).toBe(200);
  });
});

describe('asking for a link', () => {
  it('E8 answers for known and unknown addresses alike', async () => {
    const ask = async (email: string) => {
      const api = await site.post('/api/v1/session/link', { email });
      const body = new URLSearchParams({ email });
      const headers = { ...form, cookie: 'asking=one-browser' };
      const page = await fetch(`${site.url}/moderation/sign-in`, { method: 'POST', headers, body });
      return Promise.all(
        [api, page].map(async (answer) => ({
          status: answer.status,
          headers: [...answer.headers.keys()].sort(),
          body: await answer.text(),
        })),
      );
    };
    const known = await ask(ADA);
    expect(known.map(({ status }) => status)).toEqual([202, 200]);
    expect(await ask('nobody@example.org')).toEqual(known);
    await expect.poll(links).toBe(2);
  });

  it('E8 cannot be used up by strangers: a mail that works reaches the moderator', async () => {
    const strangers = Array.from({ length: 30 }, (_, i) => ({ cookie: `asking=stranger-${i}` }));
    const answers = await Promise.all(
      strangers.map((headers) => site.post('/api/v1/session/link', { email: ADA }, headers)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await site.post('/api/v1/session/link', { email: ADA }, { cookie: 'asking=adas-own' });
    await expect.poll(links).toBe(10);
    let works = 0;
    for (;;) {
      const mail = await site.store.outbox.claim(site.now(), MINUTE);
      if (mail?.kind !== 'sign-in') break;
      works += (await useToken(mail.token, { cookie: 'asking=adas-own' })).ok ? 1 : 0;
    }
    expect(works).toBeGreaterThan(0);
  });

  it('E8 is limited for one client and open for the next', async () => {
    const from = { 'x-forwarded-for': '198.51.100.7' };
    const ask = () => site.post('/api/v1/session/link', { email: ADA }, from);
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect((await ask()).headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await site.post('/api/v1/session/link', { email: ADA })).status).toBe(202);
    expect((await useToken(await site.token())).status).toBe(200);
  });
});

describe('a session', () => {
  const isOpen = async (cookie: string) => (await site.get(QUEUE, { cookie })).status === 200;

  it('E6 has a cookie no script and no other site gets', async () => {
    const { setCookie } = await site.signIn();
    const attributes = setCookie
      .split('; ')
      .slice(1)
      .map((each) => each.split('=')[0]);
    expect(setCookie).toMatch(/^session=/);
    expect(setCookie).toContain('SameSite=Strict');
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Path']));
    expect(attributes).not.toContain('Secure');
    expect(attributes).not.toContain('Domain');
  });

  it('E6 has a __Host- cookie behind https, and opens the desk there', async () => {
    await site.close();
    site = await openSite({ PUBLIC_URL: 'https://photos.example.org' });
    const { setCookie, cookie } = await site.signIn();
    expect(setCookie).toMatch(/^__Host-session=/);
    expect(setCookie).toMatch(/; Path=\/(;|$)/);
    expect(setCookie).toContain('; HttpOnly');
    expect(setCookie).toContain('; Secure');
    expect(setCookie).toContain('; SameSite=Strict');
    expect(setCookie).not.toContain('Domain');
    expect(await isOpen(cookie)).toBe(true);
    const page = await site.get('/moderation/sign-in');
    expect(page.headers.getSetCookie()[0]).toMatch(/^__Host-asking=.*; Secure/);
  });

  it('E5 has a new id after each sign-in, and the old one ends', async () => {
    const first = await site.signIn();
    const second = await site.signIn(ADA, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect(await isOpen(first.cookie)).toBe(false);
    expect(await isOpen(second.cookie)).toBe(true);
    expect(await sessions()).toBe(1);
  });

  it('E5 does not take an id somebody else has chosen', async () => {
    const { cookie } = await site.signIn(ADA, { cookie: 'session=chosen.by-somebody' });
    expect(cookie).not.toContain('chosen');
  });

  it('E7 ends with the sign-out', async () => {
    const { cookie, csrf } = await site.signIn();
    const headers = { cookie, 'x-csrf-token': csrf };
    const out = await fetch(`${site.url}/api/v1/session`, { method: 'DELETE', headers });
    expect(out.status).toBe(204);
    expect(await isOpen(cookie)).toBe(false);
    expect(await sessions()).toBe(0);
  });

  it('E7 ends for a removed moderator at the next request', async () => {
    const { cookie } = await site.signIn();
    await remove(ADA);
    expect(await isOpen(cookie)).toBe(false);
  });

  it('E7 ends after half an hour without a request', async () => {
    const { cookie } = await site.signIn();
    site.clock.pass(29 * MINUTE);
    expect(await isOpen(cookie)).toBe(true);
    site.clock.pass(29 * MINUTE);
    expect(await isOpen(cookie)).toBe(true);
    site.clock.pass(30 * MINUTE);
    expect(await isOpen(cookie)).toBe(false);
  });

  it('E7 ends after twelve hours at work', async () => {
    const { cookie } = await site.signIn();
    const begun = site.now().getTime();
    while (site.now().getTime() - begun < 12 * HOUR - 20 * MINUTE) {
      site.clock.pass(20 * MINUTE);
      if (site.now().getTime() - begun < 12 * HOUR) expect(await isOpen(cookie)).toBe(true);
    }
    site.clock.pass(20 * MINUTE);
    expect(await isOpen(cookie)).toBe(false);
  });
});

describe('a request somebody else made a browser send', () => {
  const ID = '00000000-0000-4000-8000-000000000000';
  const APPROVAL = `${QUEUE}/${ID}/approval`;
  const JSON_TYPE = { 'content-type': 'application/json' };
  const TEXT = { 'content-type': 'text/plain' };
  const ORDER = { version: 1, criteria: { flag: true, slogan: true, embassy: true } };
  const bodyFor = (type: Record<string, string>, csrf: string) =>
    type === form
      ? new URLSearchParams({ version: '1', flag: 'yes', _csrf: csrf }).toString()
      : JSON.stringify({ ...ORDER, _csrf: csrf });

  const send = (path: string, headers: Record<string, string>, body: string) =>
    fetch(site.url + path, { method: 'POST', headers, body, redirect: 'manual' });

  it.each([
    ['JSON', APPROVAL, JSON_TYPE],
    ['a form', `/moderation/submissions/${ID}/approval`, form],
    ['plain text', APPROVAL, TEXT],
    ['a sign-out', '/moderation/sign-out', form],
  ])('E9 E10 is refused: %s', async (_name, path, type) => {
    const { cookie, csrf } = await site.signIn();
    const other = await site.signIn('bo@example.org');
    const own = { ...type, cookie };
    const cases: [string, Record<string, string>, string][] = [
      [path, { ...own, 'sec-fetch-site': 'cross-site', 'x-csrf-token': csrf }, csrf],
      [path, { ...own, 'sec-fetch-site': 'same-site', 'x-csrf-token': csrf }, csrf],
      [path, { ...own, origin: 'https://evil.example', 'x-csrf-token': csrf }, csrf],
      [path, own, ''],
      [path, { ...own, 'x-csrf-token': other.csrf }, ''],
      [path, own, other.csrf],
      [`${path}?_csrf=${csrf}&x-csrf-token=${csrf}`, own, ''],
    ];
    for (const [address, headers, token] of cases) {
      const answer = await send(address, headers, bodyFor(type, token));
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    expect(await sessions()).toBe(2);
    if (type === JSON_TYPE) {
      const ours = { ...own, 'sec-fetch-site': 'same-origin', 'x-csrf-token': csrf };
      expect((await send(path, ours, bodyFor(type, ''))).status).toBe(404);
    }
  });

  it('E9 opens no session either', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await useToken(await site.token(), foreign)).status).toBe(403);
    expect(await links()).toBe(1);
  });
});
