import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Jar, openJar } from '../support/jar.ts';
import { openSite, type Site } from '../support/site.ts';

const MINUTE = 60_000;
const ACCOUNT = '/moderation/account';

let site: Site;
let jar: Jar;
beforeEach(async () => {
  site = await openSite();
  jar = openJar(site);
  await jar.signIn();
});
afterEach(() => site.close());

const isOpen = async (by: Jar) => (await by.get('/moderation')).status === 200;
async function another(address?: string): Promise<Jar> {
  const other = openJar(site);
  await other.signIn(address);
  return other;
}
/** What the page calls the sessions it offers to end. */
const handlesIn = (html: string) =>
  [...html.matchAll(/name="session" value="([^"]+)"/g)].map(([, handle = '']) => handle);
const page = async () => (await jar.get(ACCOUNT)).text();

describe('one’s own account', () => {
  it('E7 E17 shows the sessions by their times alone, and ends one', async () => {
    site.clock.pass(5 * MINUTE);
    const other = await another();
    site.clock.pass(MINUTE);
    const html = await page();
    expect(html).toContain('This is the one you are using.');
    expect(html).toContain('Last used at about');
    expect(html).not.toMatch(/127\.0\.0\.1|203\.0\.|node|undici/i);
    const [handle = '', ...more] = handlesIn(html);
    expect(more).toEqual([]);
    await jar.submit(`${ACCOUNT}/sessions/one`, { session: handle });
    expect([await isOpen(jar), await isOpen(other)]).toEqual([true, false]);
  });

  it('E7 ends all others at once, and nobody else’s', async () => {
    const others = [await another(), await another(), await another()];
    const bo = await another('bo@example.org');
    const answer = await jar.submit(`${ACCOUNT}/sessions/others`);
    expect(answer.headers.get('location')).toBe(`${ACCOUNT}?done=sessions-ended`);
    expect(await Promise.all(others.map(isOpen))).toEqual([false, false, false]);
    expect([await isOpen(jar), await isOpen(bo)]).toEqual([true, true]);
    expect(await page()).not.toContain('End all others');
  });

  it('E22 does not end a colleague’s session', async () => {
    const bo = await another('bo@example.org');
    const html = await (await bo.get(ACCOUNT)).text();
    expect(handlesIn(html)).toEqual([]);
    const handle = site.store.sessions.handleOf(
      decodeURIComponent(bo.cookies.get('session') ?? '').split('.')[0] ?? '',
    );
    await jar.submit(`${ACCOUNT}/sessions/one`, { session: handle });
    expect(await isOpen(bo)).toBe(true);
  });

  it('E7 keeps a session ended that a request is still using', async () => {
    for (let round = 0; round < 10; round++) {
      const other = await another();
      await Promise.all([
        jar.submit(`${ACCOUNT}/sessions/others`),
        ...Array.from({ length: 5 }, () => other.get('/moderation/log')),
      ]);
      expect(await isOpen(other), `round ${round}`).toBe(false);
    }
  });
});

describe('the mark of the browser that asks', () => {
  it('E3 stays when the mail’s link is opened from another site, which is not shown it', async () => {
    const asking = openJar(site);
    await asking.get('/moderation/sign-in');
    const mark = asking.cookies.get('asking') ?? '';
    const token = await site.token('ada@example.org', mark);
    const webmail = { 'sec-fetch-site': 'cross-site' };
    for (const path of [`/moderation/sign-in?token=${token}`, '/moderation/sign-in']) {
      const answer = await site.get(path, webmail);
      expect(answer.headers.getSetCookie().filter((text) => text.startsWith('asking'))).toEqual([]);
    }
    expect((await asking.post('/api/v1/session', { token })).status).toBe(200);
  });
});
