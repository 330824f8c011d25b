import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUDIENCES,
  type Audience,
  guardAudiences,
  needAudiences,
  openToStrangers,
} from '../../src/web/audience.tsx';
import { listRoutes, type Route } from '../support/routes.ts';
import { openSite, type Site } from '../support/site.ts';

/** What belongs to the staff side, by its address. */
const STAFF = /^(\/api\/v1)?\/(moderation|session)(\/|$)/;
const ID = '00000000-0000-4000-8000-000000000000';
/** What each has come to, and what a program is told who comes too early. */
const SHORT_OF: [Audience, status: number, code: string][] = [
  ['strangers', 401, 'sign-in-needed'],
  ['arriving', 401, 'passkey-needed'],
  ['registering', 403, 'passkey-missing'],
  ['moderators', 403, 'admins-only'],
];

let routes: Route[];
/** A service where passkeys may be left out, and one where they are required. */
let site: Site;
let strict: Site;
/** Headers of somebody of each audience. */
const visitors: Partial<Record<Audience, { at: Site; headers: Record<string, string> }>> = {};

beforeAll(async () => {
  routes = await listRoutes();
  site = await openSite();
  strict = await openSite({ REQUIRE_PASSKEYS: 'true' });
  await site.store.moderators.add('mo@example.org', site.now());
  visitors.strangers = { at: site, headers: {} };
  visitors.moderators = { at: site, headers: await headersOf(site, 'mo@example.org') };
  visitors.registering = { at: strict, headers: await headersOf(strict, 'ada@example.org') };
  visitors.arriving = { at: strict, headers: await headersOf(strict, 'bo@example.org') };
  const bo = await strict.store.moderators.byAddress('bo@example.org');
  const rest = { publicKey: new Uint8Array(), counter: 0, transports: [], name: 'Phone' };
  const passkey = { id: 'key', moderatorId: bo?.id ?? '', ...rest };
  expect(await strict.store.passkeys.add(passkey, strict.now())).toBe(true);
});
afterAll(async () => {
  await site?.close();
  await strict?.close();
});

async function headersOf(at: Site, address: string): Promise<Record<string, string>> {
  const { cookie, csrf } = await at.signIn(address);
  return { cookie, 'x-csrf-token': csrf };
}

it('E12 every route declares an audience, and only the staff side is for more than strangers', () => {
  expect(routes.filter(({ audience }) => !audience)).toEqual([]);
  const inner = routes.filter(({ audience }) => audience !== 'strangers');
  expect(inner.length).toBeGreaterThan(50);
  expect(inner.filter(({ url }) => !STAFF.test(url))).toEqual([]);
  for (const { method, url, audience } of routes.filter(({ url }) => STAFF.test(url))) {
    const isOpen = /\/(sign-in|session(\/.*)?|mails\/stop)$/.test(url);
    if (audience === 'strangers') expect(isOpen, `${method} ${url}`).toBe(true);
    if (/people|webhooks/.test(url)) expect(audience, `${method} ${url}`).toBe('admins');
  }
});

it('E12 a route without an audience keeps the service from starting', async () => {
  const app = Fastify();
  needAudiences(app);
  app.register(async (open) => {
    openToStrangers(open);
    open.get('/open', async () => '');
  });
  app.register(async (room) => void room.get('/undeclared', async () => ''));
  await expect(app.ready()).rejects.toThrow('No audience is declared for GET /undeclared');
});

describe('the routes of the staff side', () => {
  it('E12 keep the service from starting when they do not', async () => {
    const app = Fastify();
    guardAudiences(app, '/sign-in');
    expect(() => app.get('/undeclared', async () => '')).toThrow('GET /undeclared declares no');
    expect(() =>
      app.get('/declared', { config: { audience: 'admins' } }, async () => ''),
    ).not.toThrow();
    await app.close();
  });

  it.each(SHORT_OF)(
    'E12 are closed to %s beyond what is theirs',
    async (audience, status, code) => {
      const beyond = routes.filter((route) => isBeyond(route, audience));
      expect(beyond.length).toBeGreaterThan(audience === 'moderators' ? 3 : 20);
      const open: string[] = [];
      for (const { method, url } of beyond) {
        const answer = await call(visitors[audience], method, url);
        const isPage = method === 'GET' && !url.startsWith('/api/') && audience !== 'moderators';
        const said = isPage
          ? answer.headers.get('location')
          : method !== 'HEAD' && (await codeOf(answer));
        const closed = isPage
          ? answer.status === 303 && said === '/moderation/sign-in'
          : answer.status === status && (method === 'HEAD' || said === code);
        if (!closed) open.push(`${method} ${url} ${answer.status} ${said}`);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
      expect(open).toEqual([]);
    },
  );

  it.each(SHORT_OF)('E12 are open to %s as far as they are theirs', async (audience) => {
    const own = routes.filter(
      (route) => STAFF.test(route.url) && !isBeyond(route, audience) && route.method === 'GET',
    );
    for (const { method, url } of own) {
      if (url.endsWith('/events')) continue;
      const answer = await call(visitors[audience], method, url);
      const { status } = answer;
      await answer.arrayBuffer();
      expect([200, 303, 404], `${method} ${url} ${status}`).toContain(status);
    }
  });

  it('E12 are closed to who makes up a cookie or a token', async () => {
    for (const headers of [{ cookie: 'session=x.y' }, { 'x-csrf-token': 'x' }]) {
      for (const { method, url } of routes.filter((route) => isBeyond(route, 'strangers'))) {
        const { status } = await call({ at: site, headers }, method, url);
        expect([303, 401], `${method} ${url}`).toContain(status);
      }
    }
  });

  it('E10 change nothing without the CSRF token', async () => {
    const { cookie } = await site.signIn();
    const changing = routes.filter(({ method, audience, url }) => {
      const isChange = ['POST', 'PATCH', 'DELETE'].includes(method);
      return isChange && (audience !== 'strangers' || url === '/moderation/sign-out');
    });
    expect(changing.length).toBeGreaterThan(25);
    for (const { method, url } of changing) {
      const answer = await call({ at: site, headers: { cookie } }, method, url);
      expect([answer.status, await codeOf(answer)], `${method} ${url}`).toEqual([
        403,
        'csrf-invalid',
      ]);
    }
  });

  it('E12 tell people in words that a page is for admins', async () => {
    const { headers = {} } = visitors.moderators ?? {};
    const answer = await site.get('/moderation/people', { ...headers, accept: 'text/html' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('This is for admins');
  });
});

function isBeyond({ audience }: Route, visitor: Audience): boolean {
  return audience !== undefined && AUDIENCES.indexOf(audience) > AUDIENCES.indexOf(visitor);
}

function call(
  visitor: (typeof visitors)[Audience],
  method: string,
  url: string,
): Promise<Response> {
  if (!visitor) throw new Error('Nobody calls');
  const path = url.replace(':id', ID).replace(':side', '480');
  const reads = ['GET', 'HEAD', 'DELETE'].includes(method);
  return fetch(visitor.at.url + path, {
    method,
    redirect: 'manual',
    headers: { ...visitor.headers, ...(!reads && { 'content-type': 'application/json' }) },
    ...(!reads && { body: '{}' }),
  });
}

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { code: string }).code;
}
