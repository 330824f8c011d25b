import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Authenticator, type Lie, makeAuthenticator } from '../support/authenticator.ts';
import { type Jar, openJar } from '../support/jar.ts';
import { openSite, type Site } from '../support/site.ts';

const MINUTE = 60_000;
const QUEUE = '/api/v1/moderation/submissions';
const MINE = '/api/v1/moderation/passkeys';
const DOOR = '/api/v1/session/passkey';
const BO = 'bo@example.org';

let site: Site;
let jar: Jar;
let phone: Authenticator;
beforeEach(async () => {
  site = await openSite();
  jar = openJar(site);
  phone = makeAuthenticator();
});
afterEach(() => site.close());

type Options = { challenge: string; user: { id: string }; allowCredentials: { id: string }[] };
const optionsOf = async (path: string, by = jar) =>
  (await (await by.post(`${path}/options`)).json()) as Options;
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const statusOf = async (path: string, by = jar) => (await by.get(path)).status;
const deeds = async () => (await site.store.log.list(20)).map(({ decision }) => decision);

/** Adds a passkey to whoever is signed in. */
async function register(by = jar, key = phone, lie?: Lie, name = 'Phone'): Promise<Response> {
  const credential = key.register(await optionsOf(MINE, by), lie);
  return by.post(MINE, { name, credential });
}

/** Signs in by passkey alone. */
async function enter(by: Jar, key = phone, lie?: Lie): Promise<Response> {
  return by.post(DOOR, { credential: key.sign(await optionsOf(DOOR, by), lie) });
}

describe('a passkey', () => {
  it('E14 is added, lets in by itself, and is removed, each told in the log', async () => {
    expect(await jar.signIn()).toMatchObject({ needs: null });
    const added = await register();
    expect(added.status).toBe(201);
    const { addedOn } = (await added.json()) as { addedOn: string };
    expect(addedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(await (await jar.get(MINE)).json()).toEqual({
      items: [{ id: phone.id, name: 'Phone', addedOn }],
    });
    const other = openJar(site);
    const entered = await enter(other);
    expect(entered.status).toBe(200);
    expect(await entered.json()).toMatchObject({
      moderator: { address: 'ada@example.org', role: 'admin' },
      needs: null,
    });
    expect(await statusOf(QUEUE, other)).toBe(200);
    expect((await other.delete(`${MINE}/${phone.id}`)).status).toBe(204);
    expect((await other.delete(`${MINE}/${phone.id}`)).status).toBe(404);
    expect([await statusOf(QUEUE), await statusOf(QUEUE, other)]).toEqual([200, 200]);
    expect((await enter(openJar(site))).status).toBe(403);
    expect((await deeds()).slice(0, 2)).toEqual(['passkey-removed', 'passkey-added']);
  });

  it('E14 is asked for after the mailed link, which opens nothing else', async () => {
    await jar.signIn();
    await register();
    const later = openJar(site);
    expect(await later.signIn()).toMatchObject({ needs: 'passkey' });
    expect(await statusOf(QUEUE, later)).toBe(401);
    expect((await later.get('/moderation')).headers.get('location')).toBe('/moderation/sign-in');
    expect(await (await later.get('/moderation/sign-in')).text()).toContain('One more step');
    expect(await codeOf(await later.post(`${MINE}/options`))).toBe('passkey-needed');
    const { allowCredentials } = await optionsOf(DOOR, later);
    expect(allowCredentials.map(({ id }) => id)).toEqual([phone.id]);
    const before = later.cookies.get('session');
    expect((await enter(later)).status).toBe(200);
    expect(later.cookies.get('session')).not.toBe(before);
    expect(await statusOf(QUEUE, later)).toBe(200);
  });

  it('E7 is asked for from then on in sessions that had none', async () => {
    const earlier = openJar(site);
    await earlier.signIn();
    await jar.signIn();
    await register();
    expect(await statusOf(QUEUE)).toBe(200);
    expect(await statusOf(QUEUE, earlier)).toBe(401);
  });

  it('E14 E22 of a colleague does not do where one’s own is asked for', async () => {
    await jar.signIn();
    await register();
    const bo = openJar(site);
    await bo.signIn(BO);
    const his = makeAuthenticator();
    await register(bo, his);
    const later = openJar(site);
    await later.signIn();
    expect((await enter(later, his)).status).toBe(403);
    expect(await statusOf(QUEUE, later)).toBe(401);
  });

  it('E22 cannot be added twice, nor by somebody else', async () => {
    await jar.signIn();
    await register();
    const again = await register();
    expect([again.status, await codeOf(again)]).toEqual([409, 'passkey-known']);
    const bo = openJar(site);
    await bo.signIn(BO);
    expect((await register(bo)).status).toBe(409);
    expect((await (await bo.get(MINE)).json()) as object).toEqual({ items: [] });
  });

  it.each(['', ' ', 'x'.repeat(41), 'a\nb', 'a\u202Eb'])(
    'C3 C4 C5 is not called %j',
    async (name) => {
      await jar.signIn();
      expect((await register(jar, phone, {}, name)).status).toBe(400);
      expect(await site.database.read.passkey.count()).toBe(0);
    },
  );

  it('E22 belongs to its owner, who alone can remove it', async () => {
    await jar.signIn();
    await register();
    const bo = openJar(site);
    await bo.signIn(BO);
    expect((await bo.delete(`${MINE}/${phone.id}`)).status).toBe(404);
    const form = await bo.submit('/moderation/account/passkeys/removal', { passkey: phone.id });
    expect(form.status).toBe(404);
    expect(await site.database.read.passkey.count()).toBe(1);
  });
});

describe('a sign-in of more than ten minutes ago', () => {
  it('E22 changes no passkeys, until it is repeated with one', async () => {
    await jar.signIn();
    await register();
    site.clock.pass(10 * MINUTE);
    for (const answer of [
      await jar.post(`${MINE}/options`),
      await jar.post(MINE, {
        name: 'Other',
        credential: phone.register((await optionsOf(DOOR)) as Options),
      }),
      await jar.delete(`${MINE}/${phone.id}`),
    ]) {
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'sign-in-stale']);
    }
    expect(await (await jar.get('/moderation/account')).text()).toContain('within the last ten');
    expect((await enter(jar)).status).toBe(200);
    expect((await jar.post(`${MINE}/options`)).status).toBe(200);
  });
});

const LIES: [string, Lie][] = [
  ['from a foreign origin', { origin: 'https://evil.example' }],
  ['from another port', { origin: 'http://localhost:3001' }],
  ['for another site', { rpId: 'evil.example' }],
  ['without finger, face or PIN', { verified: false }],
  ['of the other kind', { type: 'webauthn.other' }],
  ['of a challenge nobody made', { challenge: Buffer.alloc(32).toString('base64url') }],
  ['that counts further than anything', { counter: 2 ** 32 - 1 }],
];

describe('what a passkey says', () => {
  const ALSO: [string, Lie][] = [
    ['with another key', { forged: true }],
    ['for a passkey nobody knows', { id: 'unknown' }],
    ['in somebody else’s name', { userHandle: Buffer.from('somebody').toString('base64url') }],
    ['with a counter that goes back', { counter: 1 }],
    ['with a counter that stands still', { counter: 2 }],
  ];

  it.each([...LIES, ...ALSO])('E14 is refused at the door: %s', async (_, lie) => {
    await jar.signIn();
    await register();
    const other = openJar(site);
    expect((await enter(other)).status).toBe(200);
    const again = openJar(site);
    const answer = await enter(again, phone, lie);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'passkey-refused']);
    expect(await statusOf(QUEUE, again)).toBe(401);
  });

  it.each(LIES)('E14 is refused when one is added: %s', async (_, lie) => {
    await jar.signIn();
    const answer = await register(jar, phone, lie);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'passkey-refused']);
    expect(await site.database.read.passkey.count()).toBe(0);
  });

  it('E14 is refused when it is no answer at all, and never answered 5xx', async () => {
    await jar.signIn();
    const made = phone.register(await optionsOf(MINE)) as { response: object };
    const signed = phone.sign(await optionsOf(DOOR)) as { response: object };
    const junk = ['', 'AAAA', 'a'.repeat(15_000), '!', null, 7];
    for (const [path, credential] of [
      [MINE, made],
      [DOOR, signed],
    ] as const) {
      for (const key of Object.keys(credential.response)) {
        for (const value of junk) {
          const response = { ...credential.response, [key]: value };
          const answer = await jar.post(path, {
            name: 'x',
            credential: { ...credential, response },
          });
          expect([400, 403], `${path} ${key} ${value}`).toContain(answer.status);
        }
      }
    }
    expect(await site.database.read.passkey.count()).toBe(0);
  });
});

describe('a challenge', () => {
  beforeEach(async () => {
    await jar.signIn();
    await register();
  });

  it('E14 is good once: what was signed cannot be played again', async () => {
    const other = openJar(site);
    const credential = phone.sign(await optionsOf(DOOR, other));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => other.post(DOOR, { credential })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(403)]);
    expect((await other.post(DOOR, { credential })).status).toBe(403);
  });

  it('E14 is used up by an answer that is wrong', async () => {
    const other = openJar(site);
    const options = await optionsOf(DOOR, other);
    const wrong = phone.sign(options, { forged: true });
    expect((await other.post(DOOR, { credential: wrong })).status).toBe(403);
    expect((await other.post(DOOR, { credential: phone.sign(options) })).status).toBe(403);
  });

  it('E14 is over after five minutes', async () => {
    const other = openJar(site);
    const early = phone.sign(await optionsOf(DOOR, other));
    const late = phone.sign(await optionsOf(DOOR, other));
    site.clock.pass(5 * MINUTE - 1);
    expect((await other.post(DOOR, { credential: early })).status).toBe(200);
    site.clock.pass(1);
    expect((await other.post(DOOR, { credential: late })).status).toBe(403);
  });

  it('E14 works only in the browser it was made for', async () => {
    const other = openJar(site);
    const credential = phone.sign(await optionsOf(DOOR, other));
    const thief = openJar(site);
    expect((await thief.post(DOOR, { credential })).status).toBe(403);
    await optionsOf(DOOR, thief);
    expect((await thief.post(DOOR, { credential })).status).toBe(403);
  });

  it('E14 is of no use for anything but what it was made for', async () => {
    const forDoor = await optionsOf(DOOR);
    const forNew = await optionsOf(MINE);
    const laptop = makeAuthenticator();
    const made = laptop.register({ ...forNew, challenge: forDoor.challenge });
    expect((await jar.post(MINE, { name: 'x', credential: made })).status).toBe(403);
    const signed = phone.sign({ challenge: forNew.challenge });
    expect((await jar.post(DOOR, { credential: signed })).status).toBe(403);
  });

  it('E14 made for one person adds nothing to another', async () => {
    const forAda = await optionsOf(MINE);
    const bo = openJar(site);
    bo.cookies.set('asking', jar.cookies.get('asking') ?? '');
    await bo.signIn(BO);
    const made = makeAuthenticator().register(forAda);
    expect((await bo.post(MINE, { name: 'x', credential: made })).status).toBe(403);
  });
});

describe('where passkeys are required', () => {
  beforeEach(async () => {
    await site.close();
    site = await openSite({ REQUIRE_PASSKEYS: 'true' });
    jar = openJar(site);
  });

  it('E12 somebody without one can add one, and nothing else', async () => {
    expect(await jar.signIn()).toMatchObject({ needs: 'registration' });
    expect(await codeOf(await jar.get(QUEUE))).toBe('passkey-missing');
    expect((await jar.get('/moderation/account')).headers.get('location')).toBe(
      '/moderation/sign-in',
    );
    expect(await (await jar.get('/moderation/sign-in')).text()).toContain('Add a passkey first');
    expect((await register()).status).toBe(201);
    expect(await statusOf(QUEUE)).toBe(200);
    expect((await enter(openJar(site))).status).toBe(200);
  });

  it('E22 asks for a fresh sign-in when that has taken too long', async () => {
    await jar.signIn();
    site.clock.pass(10 * MINUTE);
    expect(await (await jar.get('/moderation/sign-in')).text()).toContain(
      'Please sign in once more',
    );
    expect((await jar.post(`${MINE}/options`)).status).toBe(403);
  });

  it('E7 takes the desk away from who removes the last one', async () => {
    await jar.signIn();
    await register();
    expect((await jar.delete(`${MINE}/${phone.id}`)).status).toBe(204);
    expect(await codeOf(await jar.get(QUEUE))).toBe('passkey-missing');
  });
});

it('E14 is described for programs', async () => {
  const { paths } = (await (await site.get('/openapi.json')).json()) as { paths: object };
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([DOOR, `${DOOR}/options`, MINE, `${MINE}/options`, `${MINE}/{id}`]),
  );
});
