import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInside } from '../support/inside.ts';
import { approve, reject, reopen, type Staff, signIn } from '../support/people.ts';
import { type Planted, plant } from '../support/plant.ts';
import { type Service, startService } from '../support/service.ts';

const BRAKE_PHOTOS = 10;
const SUBMISSIONS = '/api/v1/moderation/submissions';

let service: Service;
let planted: Planted[];
let ada: Staff;
let bo: Staff;

beforeAll(async () => {
  service = await startService({ BRAKE_PHOTOS: String(BRAKE_PHOTOS) });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  planted = await plant(inside, 40);
  await inside.close();
  await service.restart();
  ada = await signIn(service, 'ada@example.org');
  bo = await signIn(service, 'bo@example.org');
}, 120_000);
afterAll(() => service?.dispose());

/** A photo that no other test decides about. */
function nextPhoto(): Planted {
  const next = planted.pop();
  if (!next) throw new Error('Plant more');
  return next;
}

interface Item {
  id: string;
  version: number;
  state: string;
  city: string;
  claim: { by: string; mine: boolean } | null;
}

async function read(staff: Staff, id: string, state = 'waiting'): Promise<Item | undefined> {
  const response = await staff.get(`${SUBMISSIONS}?limit=100&state=${state}`);
  const { items } = (await response.json()) as { items: Item[] };
  return items.find((item) => item.id === id);
}

/** Posts a form as a browser without scripts does. */
function submit(staff: Staff, path: string, fields: Record<string, string> = {}) {
  return fetch(service.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: staff.cookie },
    body: new URLSearchParams({ _csrf: staff.csrf, ...fields }),
  });
}

it('the list goes on where its page ended, until everything was shown once', async () => {
  const shown: string[] = [];
  for (let cursor = ''; ; ) {
    const response = await ada.get(`${SUBMISSIONS}?limit=15${cursor}`);
    expect(response.status).toBe(200);
    const { items, nextCursor } = (await response.json()) as {
      items: Item[];
      nextCursor: string | null;
    };
    shown.push(...items.map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  expect(shown.sort()).toEqual(planted.map(({ id }) => id).sort());
});

describe('an open photo', () => {
  it('is claimed for a while, which colleagues see', async () => {
    const { id } = nextPhoto();
    await ada.get(`/moderation/submissions/${id}`);
    expect((await read(ada, id))?.claim).toMatchObject({ mine: true });
    expect((await read(bo, id))?.claim).toEqual({ by: 'ada@example.org', mine: false });
    const claim = await (await bo.post(`${SUBMISSIONS}/${id}/claim`, {})).json();
    expect(claim).toEqual({ by: 'ada@example.org', mine: false });
  });

  it('is not claimed by a page that was fetched ahead', async () => {
    const { id } = nextPhoto();
    const headers = { cookie: ada.cookie, 'x-preview': '1' };
    expect((await fetch(`${service.url}/moderation/submissions/${id}`, { headers })).status).toBe(
      200,
    );
    expect((await read(bo, id))?.claim).toBeNull();
  });

  it('is not the one a colleague is led to', async () => {
    const lead = async (staff: Staff) =>
      (
        await fetch(`${service.url}/moderation/next`, {
          headers: { cookie: staff.cookie },
          redirect: 'manual',
        })
      ).headers.get('location') ?? '';
    const first = await lead(ada);
    await ada.get(first);
    const second = await lead(bo);
    expect(second).toContain('/moderation/submissions/');
    expect(second).not.toBe(first);
  });
});

describe('forms', () => {
  it('lead to the next photo and say what was done, with a way back', async () => {
    const { id } = nextPhoto();
    const fields = { version: '2', flag: 'yes', slogan: 'yes', embassy: 'yes' };
    const answer = await submit(ada, `/moderation/submissions/${id}/approval`, fields);
    expect(answer.status).toBe(303);
    const next = answer.headers.get('location') ?? '';
    expect(next).toMatch(/^\/moderation\/submissions\//);
    expect(next).not.toContain(id);
    expect(await (await ada.get(next)).text()).toContain('action="/moderation/undo');
    expect(await (await ada.get(next)).text()).not.toContain('action="/moderation/undo');
    expect((await submit(ada, '/moderation/undo')).status).toBe(303);
    expect(await read(ada, id)).toMatchObject({ state: 'waiting', version: 4 });
  });

  it('decide about several at once, and take all of it back', async () => {
    const picks = [nextPhoto(), nextPhoto()];
    const body = new URLSearchParams({ _csrf: bo.csrf, decision: 'reject', reason: 'quality' });
    for (const { id } of picks) body.append('pick', `${id}:2`);
    const headers = { cookie: bo.cookie };
    const url = `${service.url}/moderation/decisions`;
    await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
    for (const { id } of picks) expect((await read(bo, id, 'rejected'))?.version).toBe(3);
    await submit(bo, '/moderation/undo');
    for (const { id } of picks) expect((await read(bo, id))?.version).toBe(4);
  });

  it('correct what the public reads', async () => {
    const { id } = nextPhoto();
    const fields = { version: '2', place: 'embassy-berlin', city: ' Berlin ', alt: 'Two flags' };
    expect((await submit(ada, `/moderation/submissions/${id}/details`, fields)).status).toBe(303);
    await approve(ada, id, 3);
    const item = await (await fetch(`${service.url}/api/v1/gallery/${id}`)).json();
    expect(item).toMatchObject({ city: 'Berlin', alt: 'Two flags', embassy: { country: 'DE' } });
    const patch = await fetch(`${service.url}${SUBMISSIONS}/${id}`, {
      method: 'PATCH',
      headers: { cookie: ada.cookie, 'x-csrf-token': ada.csrf, 'content-type': 'application/json' },
      body: JSON.stringify({ version: 4, hideName: true, hideMessage: true }),
    });
    expect(await patch.json()).toMatchObject({ version: 5 });
    const bare = await (await fetch(`${service.url}/api/v1/gallery/${id}`)).json();
    expect(bare).toMatchObject({ name: null, message: null, city: 'Berlin' });
  });

  it('refuse an embassy there is not, and say so beside it', async () => {
    const { id } = nextPhoto();
    const fields = { version: '2', place: 'embassy-atlantis' };
    const answer = await submit(ada, `/moderation/submissions/${id}/details`, fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Please choose an embassy from the list.');
  });
});

describe('open desks', () => {
  it('hear of decisions and claims, until they are signed out', async () => {
    const listener = await signIn(service, 'bo@example.org');
    const stop = new AbortController();
    const stream = await fetch(`${service.url}/api/v1/moderation/events`, {
      headers: { cookie: listener.cookie },
      signal: stop.signal,
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    let heard = '';
    const listening = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk);
    })().catch(() => undefined);
    const { id } = nextPhoto();
    await ada.get(`/moderation/submissions/${id}`);
    await expect.poll(() => heard).toContain(id);
    heard = '';
    await approve(ada, id, 2);
    await expect.poll(() => heard).toMatch(/event: change\ndata: \{"ids":\[.*\],"waiting":\d+\}/);
    stop.abort();
    await listening;
  });

  it('are closed to strangers', async () => {
    const answer = await fetch(`${service.url}/api/v1/moderation/events`);
    expect(answer.status).toBe(401);
  });

  it('do not hold up a stop', async () => {
    const stream = await fetch(`${service.url}/api/v1/moderation/events`, {
      headers: { cookie: ada.cookie },
    });
    const before = Date.now();
    expect(await service.stop()).toBe(0);
    expect(Date.now() - before).toBeLessThan(15_000);
    await stream.body?.cancel().catch(() => undefined);
    await service.restart();
  });
});

describe('a stolen session', () => {
  it('E15 E16 hides no more than the brake allows, and one press brings everything back', async () => {
    const thief = await signIn(service, 'ada@example.org');
    const shown = [nextPhoto(), nextPhoto(), nextPhoto()];
    for (const { id } of shown) await approve(bo, id, 2);
    for (const { id } of shown) expect((await reopen(thief, id, 3)).status).toBe(200);
    let refused: Response | undefined;
    const rejected: string[] = [];
    for (const { id } of planted) {
      const { version = 2 } = (await read(thief, id)) ?? {};
      const answer = await reject(thief, id, version);
      if (answer.ok) rejected.push(id);
      else {
        refused = answer;
        break;
      }
    }
    expect(rejected.length).toBeLessThanOrEqual(BRAKE_PHOTOS - shown.length);
    expect(rejected.length).toBeGreaterThan(0);
    expect(refused?.status).toBe(403);
    expect(await refused?.json()).toMatchObject({ code: 'brake-on' });
    expect(await (await bo.get('/moderation')).text()).toContain('href="/moderation/brake"');

    const page = await (await bo.get('/moderation/brake')).text();
    const [, adaId] = /brake\/([0-9a-f-]{36})\/take-back/.exec(page) ?? [];
    const own = await submit(thief, `/moderation/brake/${adaId}/release`);
    expect(own.status).toBe(403);
    const back = await submit(bo, `/moderation/brake/${adaId}/take-back`);
    expect(back.status).toBe(303);
    for (const id of rejected) expect((await read(bo, id))?.state).toBe('waiting');
    for (const { id } of shown) {
      expect((await fetch(`${service.url}/api/v1/gallery/${id}`)).status).toBe(200);
    }
    expect((await submit(bo, `/moderation/brake/${adaId}/release`)).status).toBe(303);
    const [again] = rejected;
    const { version = 0 } = (await read(thief, again ?? '')) ?? {};
    expect((await reject(thief, again ?? '', version)).status).toBe(200);
  });
});
