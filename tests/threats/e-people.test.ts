import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverNext } from '../../src/processing/deliver.ts';
import { type Jar, openJar } from '../support/jar.ts';
import { openSite, type Site } from '../support/site.ts';

const MINUTE = 60_000;
const PEOPLE = '/moderation/people';
const BO = 'bo@example.org';
const CY = 'cy@example.org';

let site: Site;
let ada: Jar;
beforeEach(async () => {
  site = await openSite();
  ada = openJar(site);
  await ada.signIn();
});
afterEach(() => site.close());

const idOf = async (address: string) => (await site.store.moderators.byAddress(address))?.id ?? '';
const roleOf = async (address: string) => (await site.store.moderators.byAddress(address))?.role;
const admins = async () =>
  (await site.store.moderators.list()).filter(({ role }) => role === 'admin').length;
const doneIn = (answer: Response) =>
  new URL(answer.headers.get('location') ?? '/', site.url).searchParams.get('done');
const lastDeed = async () => (await site.store.log.list(1))[0];
const isOpen = async (jar: Jar) => (await jar.get('/moderation')).status === 200;

async function newJar(address: string): Promise<Jar> {
  const jar = openJar(site);
  await jar.signIn(address);
  return jar;
}

describe('the page of people', () => {
  it('E17 names who moderates, with role, day and passkeys, and no more about them', async () => {
    await site.store.moderators.add(CY, site.now());
    const html = await (await ada.get(PEOPLE)).text();
    for (const text of [
      'ada@example.org',
      BO,
      CY,
      'Admin, since',
      'Moderator, since',
      'no passkey',
    ]) {
      expect(html).toContain(text);
    }
    expect(html.match(/\d{1,2}:\d{2}/)).toBeNull();
  });

  it('E22 offers nothing to change to whom the last sign-in was long ago, and takes nothing', async () => {
    const bo = await idOf(BO);
    site.clock.pass(10 * MINUTE);
    const html = await (await ada.get(PEOPLE)).text();
    expect(html).toContain('Sign in again');
    expect(html).not.toContain(`${PEOPLE}/${bo}/`);
    const acts = [
      PEOPLE,
      `${PEOPLE}/${bo}/role`,
      `${PEOPLE}/${bo}/removal`,
      `${PEOPLE}/${bo}/access-reset`,
    ];
    for (const path of acts) {
      const answer = await ada.submit(path, { email: CY, role: 'moderator' });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        'sign-in-stale',
      ]);
    }
    expect(await admins()).toBe(2);
  });

  it('E10 takes nothing without the CSRF token', async () => {
    const path = `${site.url}${PEOPLE}/${await idOf(BO)}/removal`;
    const cookie = `session=${ada.cookies.get('session')}`;
    const body = new URLSearchParams({ _csrf: '' });
    expect((await fetch(path, { method: 'POST', headers: { cookie }, body })).status).toBe(403);
    expect(await admins()).toBe(2);
  });

  it('E12 answers with words, never 5xx, whatever is sent', async () => {
    const bo = await idOf(BO);
    expect((await ada.submit(`${PEOPLE}/${bo}/role`, { role: 'queen' })).status).toBe(400);
    expect((await ada.submit(`${PEOPLE}/${bo}/role`)).status).toBe(400);
    expect((await ada.submit(`${PEOPLE}/nobody/removal`)).status).toBe(400);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await ada.submit(`${PEOPLE}/${nobody}/removal`)).status).toBe(404);
  });
});

describe('an invitation', () => {
  it('E1 is mailed once, in the language of who invites, with the way to the sign-in page', async () => {
    const answer = await ada.submit(`${PEOPLE}?lang=tr`, { email: ` ${CY} ` });
    expect([answer.status, doneIn(answer)]).toEqual([303, 'invited']);
    expect(await lastDeed()).toMatchObject({
      moderatorId: await idOf('ada@example.org'),
      decision: 'invited',
      aboutId: await idOf(CY),
    });
    const again = await ada.submit(PEOPLE, { email: CY.toUpperCase() });
    expect(doneIn(again)).toBe('known');
    const sent: { to: string; subject: string; text: string }[] = [];
    const { publicUrl } = site.config;
    const mailer = {
      configured: true,
      close() {},
      send: async (mail: (typeof sent)[number]) => {
        sent.push(mail);
        return { kind: 'sent' } as const;
      },
    };
    const log = { info() {}, warn() {}, error() {} };
    const tools = { ...site, publicUrl, mailer, log };
    while (await deliverNext(tools as Parameters<typeof deliverNext>[0]));
    expect(sent.map(({ to }) => to)).toEqual([CY]);
    expect(sent[0]?.subject).toBe('Moderatör olmaya davetlisiniz');
    expect(sent[0]?.text).toContain(`${publicUrl}/moderation/sign-in`);
    expect(sent[0]?.text).not.toContain('token');
    expect(await isOpen(await newJar(CY))).toBe(true);
  });

  it.each([
    '',
    'nobody',
    'a@b.example, c@d.example',
    `${'x'.repeat(250)}@example.org`,
    'a b@c.org',
  ])('C10 is not sent to %j', async (email) => {
    const answer = await ada.submit(PEOPLE, { email });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('aria-invalid="true"');
    expect(await site.store.moderators.list()).toHaveLength(2);
  });
});

describe('somebody who is removed', () => {
  it('E7 is out at the next request, everywhere, and can be invited anew', async () => {
    const bo = [await newJar(BO), await newJar(BO)];
    const id = await idOf(BO);
    expect(await Promise.all(bo.map(isOpen))).toEqual([true, true]);
    expect(doneIn(await ada.submit(`${PEOPLE}/${id}/removal`))).toBe('removed');
    expect(await Promise.all(bo.map(isOpen))).toEqual([false, false]);
    expect(await (await ada.get(PEOPLE)).text()).not.toContain(BO);
    await ada.submit(PEOPLE, { email: BO });
    expect(await idOf(BO)).not.toBe(id);
    expect(await Promise.all(bo.map(isOpen))).toEqual([false, false]);
  });

  it('E7 can be oneself, as long as there is another admin', async () => {
    await ada.submit(`${PEOPLE}/${await idOf('ada@example.org')}/removal`);
    expect(await isOpen(ada)).toBe(false);
    expect(await admins()).toBe(1);
  });
});

describe('roles', () => {
  it('E22 are given and taken away, from the next request on', async () => {
    const bo = await newJar(BO);
    const path = `${PEOPLE}/${await idOf(BO)}/role`;
    expect((await bo.get(PEOPLE)).status).toBe(200);
    expect(doneIn(await ada.submit(path, { role: 'moderator' }))).toBe('made-moderator');
    expect((await bo.get(PEOPLE)).status).toBe(403);
    expect((await bo.submit(path, { role: 'admin' })).status).toBe(403);
    expect(await roleOf(BO)).toBe('moderator');
    expect(doneIn(await ada.submit(path, { role: 'admin' }))).toBe('made-admin');
    expect((await bo.get(PEOPLE)).status).toBe(200);
  });

  it('E22 leave one admin, whoever asks, with a sentence why', async () => {
    const own = await idOf('ada@example.org');
    await ada.submit(`${PEOPLE}/${await idOf(BO)}/role`, { role: 'moderator' });
    for (const act of ['removal', 'role']) {
      const answer = await ada.submit(`${PEOPLE}/${own}/${act}`, { role: 'moderator' });
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('The last admin stays');
    }
    expect(await roleOf('ada@example.org')).toBe('admin');
    expect(await (await ada.get(PEOPLE)).text()).toContain('The only admin');
  });

  it('E22 leave one admin when two strike each other at the same moment', async () => {
    for (let round = 0; round < 12; round++) {
      const [one, other] = [`one-${round}@example.org`, `other-${round}@example.org`];
      await site.store.moderators.add(one, site.now(), { role: 'admin' });
      await site.store.moderators.add(other, site.now(), { role: 'admin' });
      const [jarOne, jarOther] = [await newJar(one), await newJar(other)];
      for (const { id, address } of await site.store.moderators.list()) {
        if (address !== one && address !== other)
          await site.store.people.remove(id, null, site.now());
      }
      const act = round % 2 === 0 ? 'removal' : 'role';
      const [idOne, idOther] = [await idOf(one), await idOf(other)];
      const answers = await Promise.all([
        jarOne.submit(`${PEOPLE}/${idOther}/${act}`, { role: 'moderator' }),
        jarOther.submit(`${PEOPLE}/${idOne}/${act}`, { role: 'moderator' }),
      ]);
      expect(
        answers.filter(({ status }) => status === 303),
        `round ${round}`,
      ).toHaveLength(1);
      expect(await admins(), `round ${round}`).toBe(1);
    }
  });
});

describe('access that is reset', () => {
  it('E7 forgets the passkeys, ends the sessions, and a mailed link lets in again', async () => {
    const bo = await newJar(BO);
    const id = await idOf(BO);
    const rest = { publicKey: new Uint8Array(), counter: 0, transports: [], name: 'Lost' };
    await site.store.passkeys.add({ id: 'key', moderatorId: id, ...rest }, site.now());
    expect(await (await newJar(BO)).get('/moderation').then(({ status }) => status)).toBe(303);
    expect(doneIn(await ada.submit(`${PEOPLE}/${id}/access-reset`))).toBe('access-reset');
    expect(await isOpen(bo)).toBe(false);
    expect(await lastDeed()).toMatchObject({ decision: 'access-reset', aboutId: id });
    expect(await isOpen(await newJar(BO))).toBe(true);
  });
});
