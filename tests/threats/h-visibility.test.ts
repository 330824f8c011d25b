import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Ask, ask } from '../support/http.ts';
import { approve, reject, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo, truncated } from '../support/pictures.ts';
import { listRoutes, type Route } from '../support/routes.ts';
import { type Service, startService } from '../support/service.ts';

/** What a service may say to somebody who has no business here. */
const CLOSED = [303, 401, 403, 404, 410];
const NAMES = [480, 960, 1920].flatMap((side) => [`${side}.jpg`, `${side}.avif`]);
const GUESSES = [
  ...[...NAMES, '480', '960', '1920', '480.jpeg', '480.webp', '480.png', '2560.jpg'],
  ...['original', 'master', 'photo.jpg', 'preview.jpg', 'original.jpg', 'index.html', '.'],
  ...['..%2f', '%2e%2e%2fprivate', '480.jpg%00', '480.JPG', '480.jpg.part', '*', ''],
];

let service: Service;
let staff: Staff;
let routes: Route[];
/** Ids of submissions nobody outside may see, by state. */
const hidden: Record<string, string> = {};
let shown: string;

beforeAll(async () => {
  routes = await listRoutes();
  service = await startService();
  staff = await signIn(service);
  hidden.pending = (await send(1)).id;
  const rejected = await send(2);
  hidden.rejected = rejected.id;
  expect((await reject(staff, rejected.id, 2)).status).toBe(200);
  hidden.refused = await refusedId();
  const withdrawn = await send(3);
  hidden.withdrawn = withdrawn.id;
  expect((await approve(staff, withdrawn.id, 2)).status).toBe(200);
  expect((await withReceipt(service, withdrawn.receipt, 'DELETE')).status).toBe(204);
  hidden.unknown = '00000000-0000-4000-8000-000000000000';
  shown = (await send(4)).id;
  expect((await approve(staff, shown, 2)).status).toBe(200);
});
afterAll(() => service?.dispose());

describe('a photo that is not public', () => {
  it('H1 is closed to outsiders on every route that takes an id', async () => {
    const withId = routes.filter(({ url }) => url.includes(':id'));
    expect(withId.length).toBeGreaterThan(10);
    const open: string[] = [];
    for (const [state, id] of Object.entries(hidden)) {
      for (const { method, url } of withId) {
        const files = url.includes(':file') ? NAMES : ['480'];
        for (const file of files) {
          const path = url.replace(':id', id).replace(/:(file|side)/, file);
          const { status, body } = await call(path, { method });
          if (!CLOSED.includes(status) || isPicture(body)) open.push(`${state} ${path} ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it('H1 has no file under any name one could guess', async () => {
    const open: string[] = [];
    for (const [state, id] of Object.entries({ ...hidden, shown })) {
      const places = [`/photos/${id}`, `/photos/${id.toUpperCase()}`, `/uploads/public/${id}`];
      places.push(`/uploads/private/${id.slice(0, 2)}/${id}`, `/assets/${id}`, `/public/${id}`);
      for (const guess of GUESSES) {
        for (const path of places.flatMap((place) => [`${place}/${guess}`, `${place}.${guess}`])) {
          const { status, body } = await call(path);
          const listed = state === 'shown' && path.startsWith(`/photos/${id}/`);
          if (listed && NAMES.includes(guess)) continue;
          if (![400, 404, 410].includes(status) || isPicture(body)) open.push(`${path} ${status}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it('H1 H5 is closed however it is asked for: in part, by head, by what a cache has', async () => {
    const { headers } = await call(`/photos/${shown}/480.jpg`);
    const { etag = '' } = headers;
    const ways: Ask[] = [{ method: 'HEAD' }, { headers: { range: 'bytes=0-9' } }];
    for (const known of [etag, etag.replace('W/', ''), '*']) {
      ways.push({ headers: { 'if-none-match': known } });
    }
    ways.push({ headers: { 'if-modified-since': new Date().toUTCString() } });
    for (const [state, id] of Object.entries(hidden)) {
      for (const path of [`/photos/${id}/480.jpg`, `//photos/${id}/480.jpg`, `/gallery/${id}`]) {
        for (const way of ways) {
          const { status, body } = await call(path, way);
          expect([404, 410], `${state} ${path} ${JSON.stringify(way)}`).toContain(status);
          expect(isPicture(body)).toBe(false);
        }
      }
    }
  });

  it('H2 is loaded by no other site in a moderator’s name', async () => {
    const path = `/api/v1/moderation/submissions/${hidden.pending}/photo/480`;
    const { status, headers } = await call(path, { headers: { cookie: staff.cookie } });
    expect(status).toBe(200);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('H1 answers 410 after a withdrawal, 404 before approval, in the same words for every state', async () => {
    const bodies = new Map<string, string>();
    for (const [state, id] of Object.entries(hidden)) {
      const { status, text } = await call(`/api/v1/gallery/${id}`);
      expect(status, state).toBe(state === 'withdrawn' ? 410 : 404);
      bodies.set(state, text);
    }
    for (const state of ['rejected', 'refused', 'unknown']) {
      expect(bodies.get(state)).toBe(bodies.get('pending'));
    }
  });
});

async function send(seed: number): Promise<{ id: string; receipt: string }> {
  const response = await sendPhoto(service, await photo({ seed }));
  expect(response.status).toBe(201);
  return response.json();
}

/** A broken photo is refused in the answer; its id stands in the queue of the refused. */
async function refusedId(): Promise<string> {
  const response = await sendPhoto(service, truncated(await photo({ seed: 9 }), 0.5));
  expect(response.status).toBe(422);
  const { items } = JSON.parse(
    (await asStaff('/api/v1/moderation/submissions?state=refused')).text,
  );
  return items[0].id;
}

function call(path: string, options: Ask = {}): Promise<Answer> {
  return ask(service.url + path, options);
}

function asStaff(path: string): Promise<Answer> {
  return call(path, { headers: { cookie: staff.cookie } });
}

function isPicture(body: Buffer): boolean {
  return body.includes(Buffer.from([0xff, 0xd8, 0xff])) || body.includes('ftypavif');
}
