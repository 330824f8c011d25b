import type { Staff } from './people.ts';
import type { Service } from './service.ts';

/** The same session at another process. */
export function at({ url }: Pick<Service, 'url'>, { cookie, csrf }: Staff): Staff {
  return {
    cookie,
    csrf,
    get: (path) => fetch(url + path, { headers: { cookie } }),
    post: (path, body) =>
      fetch(url + path, {
        method: 'POST',
        headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/** The version of a photo that waits, which a decision needs. */
export async function versionOf(staff: Staff, id: string): Promise<number> {
  const { items } = await (await staff.get('/api/v1/moderation/submissions?limit=100')).json();
  return items.find((item: { id: string }) => item.id === id)?.version;
}
