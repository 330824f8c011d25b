import { openApp } from '../../src/app.ts';
import { makeLink } from '../../src/moderation/sign-in.ts';
import type { Resources } from '../../src/resources.ts';
import { type Clock, openClock, openInside } from './inside.ts';

/** The web application in this process, on a real socket, under a clock of the test. */
export interface Site extends Resources {
  url: string;
  clock: Clock;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON; each call as another client, so that no limit is in the way. */
  post(path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  /** The token of a fresh link; with `browser` one that only works there. */
  token(address?: string, browser?: string): Promise<string>;
  signIn(address?: string, headers?: Record<string, string>): Promise<Visitor>;
}

export interface Visitor {
  /** For the `cookie` header. */
  cookie: string;
  csrf: string;
  setCookie: string;
}

const ADA = 'ada@example.org';

export async function openSite(environment: Record<string, string> = {}): Promise<Site> {
  const clock = openClock();
  const inside = await openInside({
    clock,
    environment: { MODERATORS: `${ADA},bo@example.org`, TRUST_PROXY: '127.0.0.1', ...environment },
  });
  const app = await openApp(inside);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let clients = 0;
  const nextClient = () => `203.0.${++clients >> 8}.${clients & 255}`;
  const proxied = () => ({
    'x-forwarded-for': nextClient(),
    'x-forwarded-proto': new URL(inside.config.publicUrl).protocol.slice(0, -1),
  });

  const site: Site = {
    ...inside,
    url,
    clock,
    get: (path, headers = {}) =>
      fetch(url + path, { headers: { ...proxied(), ...headers }, redirect: 'manual' }),
    post: (path, body = {}, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { ...proxied(), 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'manual',
      }),
    async token(address = ADA, browser) {
      const moderator = await inside.store.moderators.byAddress(address);
      if (!moderator) throw new Error(`${address} is no moderator`);
      return (await makeLink(inside, moderator.id, browser ?? null)).token;
    },
    async signIn(address, headers) {
      const body = { token: await site.token(address) };
      const response = await site.post('/api/v1/session', body, headers);
      if (!response.ok) throw new Error(await response.text());
      const [setCookie = ''] = response.headers.getSetCookie();
      const { csrfToken: csrf } = (await response.json()) as { csrfToken: string };
      return { cookie: setCookie.split(';')[0] ?? '', csrf, setCookie };
    },
    async close() {
      await app.close();
      await inside.close();
    },
  };
  return site;
}
