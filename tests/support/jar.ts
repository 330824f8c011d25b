import type { Site } from './site.ts';

/** A browser as far as cookies go: it sends what it was given. */
export interface Jar {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON, with the CSRF token of the last session it was told of. */
  post(path: string, body?: object): Promise<Response>;
  /** Sends a form as a page does. */
  submit(path: string, fields?: Record<string, string>): Promise<Response>;
  delete(path: string): Promise<Response>;
  /** Signs in by a fresh link. */
  signIn(address?: string): Promise<{ needs: string | null }>;
}

export function openJar(site: Site): Jar {
  const cookies = new Map<string, string>();
  let csrf = '';

  async function call(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const answer = await fetch(site.url + path, { redirect: 'manual', ...init, headers });
    for (const text of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = text.split(';', 1)[0]?.split(/=(.*)/s) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return answer;
  }

  const jar: Jar = {
    cookies,
    get: (path, headers = {}) => call(path, { headers }),
    delete: (path) => call(path, { method: 'DELETE', headers: { 'x-csrf-token': csrf } }),
    async post(path, body = {}) {
      const headers = {
        'content-type': 'application/json',
        'x-csrf-token': csrf,
        // Another client each time, so that no limit is in the way.
        'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 250)}`,
      };
      const answer = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
      const told = (await answer
        .clone()
        .json()
        .catch(() => ({}))) as { csrfToken?: string };
      csrf = told.csrfToken ?? csrf;
      return answer;
    },
    submit: (path, fields = {}) =>
      call(path, { method: 'POST', body: new URLSearchParams({ ...fields, _csrf: csrf }) }),
    async signIn(address) {
      const answer = await jar.post('/api/v1/session', { token: await site.token(address) });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json() as Promise<{ needs: string | null }>;
    },
  };
  return jar;
}
