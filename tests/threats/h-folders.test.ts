import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, eventually } from '../support/http.ts';
import {
  approve,
  reject,
  reopen,
  type Staff,
  sendPhoto,
  signIn,
  withReceipt,
} from '../support/people.ts';
import { readStored } from '../support/photo-store.ts';
import { CANARY, photo, truncated, withTraces } from '../support/pictures.ts';
import { findRun } from '../support/runs.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

const SEALED = ['1920', '480', '960', 'master'];
const NOTHING = { sealed: [], published: [] };

let service: Service;
let staff: Staff;
let seed = 1;
/** Every picture that was sent to the service or served by it. */
const pictures: Buffer[] = [];

beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
});
afterAll(() => service?.dispose());

describe('the folders hold exactly', () => {
  it('H1 sealed pictures of a photo that waits', async () => {
    const { id } = await send();
    expect(await filesOf(id)).toEqual({ sealed: SEALED, published: [] });
  });

  it('H1 the listed renditions and the card of an approved photo beside the sealed ones', async () => {
    const { id } = await send();
    const published = await publish(id);
    expect(published).toEqual([
      ...['1920.avif', '1920.jpg', '480.avif', '480.jpg', '960.avif', '960.jpg', 'card.jpg'],
    ]);
    expect(await filesOf(id)).toEqual({ sealed: SEALED, published });
  });

  it('H1 nothing public of a rejected or reopened photo, which can be published again', async () => {
    const rejected = await send();
    expect((await reject(staff, rejected.id, 2)).status).toBe(200);
    expect(await filesOf(rejected.id)).toEqual({ sealed: SEALED, published: [] });

    const { id } = await send();
    await publish(id);
    expect((await reopen(staff, id, 3)).status).toBe(200);
    expect(await filesOf(id)).toEqual({ sealed: SEALED, published: [] });
    const published = await publish(id, 4);
    expect(await filesOf(id)).toEqual({ sealed: SEALED, published });
  });

  it('H1 nothing of a refused photo', async () => {
    const before = await storedFiles(service);
    const broken = truncated(await photo({ seed: 99 }), 0.6);
    expect((await sendPhoto(service, broken)).status).toBe(422);
    expect(await storedFiles(service)).toEqual(before);
  });

  it('H1 nothing public of a photo whose exposure was lowered', async () => {
    for (const exposure of ['covered', 'counted']) {
      const { id, receipt } = await send();
      const [image = ''] = await publish(id);
      const lowered = await withReceipt(service, receipt, 'PATCH', { exposure });
      expect(lowered.status).toBe(200);
      expect((await filesOf(id)).published, exposure).toEqual([]);
      expect((await ask(`${service.url}/photos/${id}/${image}`)).status).toBe(404);
      expect((await ask(`${service.url}/api/v1/gallery/${id}`)).status).toBe(404);
    }
  });

  it('H3 nothing at all of a withdrawn photo, at once and from every state', async () => {
    const acts: Record<string, (id: string) => Promise<unknown>> = {
      waiting: async () => undefined,
      approved: (id) => approve(staff, id, 2),
      published: (id) => publish(id),
      rejected: (id) => reject(staff, id, 2),
      reopened: async (id) => {
        await publish(id);
        await reopen(staff, id, 3);
      },
    };
    for (const [state, act] of Object.entries(acts)) {
      const { id, receipt } = await send();
      await act(id);
      for (const time of ['first', 'second']) {
        const { status } = await withReceipt(service, receipt, 'DELETE');
        expect([state, time, status]).toEqual([state, time, 204]);
        expect(await filesOf(id), state).toEqual(NOTHING);
        await expectGone(id);
      }
      const status = await (await withReceipt(service, receipt)).json();
      expect(status.state).toBe('withdrawn');
    }
  }, 90_000);
});

it('H8 a photo withdrawn while it is cleaned never comes back', async () => {
  const slow = await startService({ IMAGE_WORKERS: '1' });
  try {
    const bytes = await photo({ width: 5000, height: 4000 });
    const answers = await Promise.all(
      Array.from({ length: 16 }, async () => (await sendPhoto(slow, bytes)).json()),
    );
    const states = await Promise.all(
      answers.map(async ({ receipt }) => {
        const { state } = await (await withReceipt(slow, receipt)).json();
        expect((await withReceipt(slow, receipt, 'DELETE')).status).toBe(204);
        return state;
      }),
    );
    expect(states.filter((state) => state === 'received').length).toBeGreaterThan(0);
    await eventually(async () => (await storedFiles(slow)).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await storedFiles(slow)).toEqual([]);
    for (const { receipt } of answers) {
      expect((await (await withReceipt(slow, receipt)).json()).state).toBe('withdrawn');
    }
    const them = await signIn(slow);
    const queue = await (await them.get('/api/v1/moderation/submissions')).json();
    expect(queue.total).toBe(0);
  } finally {
    await slow.dispose();
  }
}, 120_000);

it('G16 what is sealed shows nothing of any picture, nor of what came with it', async () => {
  const files = await storedFiles(service);
  const sealed = files.filter((file) => file.startsWith('private/'));
  expect(sealed.length).toBeGreaterThan(10);
  const all = Buffer.concat(await Promise.all(sealed.map((file) => readStored(service, file))));
  expect(pictures.length).toBeGreaterThan(20);
  expect(findRun(all, pictures)).toBeNull();
  for (const text of [CANARY, 'JFIF', 'Exif', 'ftypavif', '\x89PNG']) {
    expect(all.includes(Buffer.from(text, 'latin1')), text).toBe(false);
  }
  for (const file of sealed) {
    const start = (await readStored(service, file)).subarray(0, 64);
    expect(start.includes(Buffer.from([0xff, 0xd8, 0xff])), file).toBe(false);
  }
  const open = files.filter((file) => file.startsWith('public/'));
  for (const file of open) expect((await readStored(service, file)).includes(CANARY)).toBe(false);
});

async function send(): Promise<{ id: string; receipt: string }> {
  seed += 1;
  const bytes = withTraces(await photo({ width: 1000, height: 750, seed }));
  const response = await sendPhoto(service, bytes);
  expect(response.status).toBe(201);
  const sent = await response.json();
  pictures.push(bytes);
  for (const side of [480, 960, 1920]) pictures.push((await preview(sent.id, side)).body);
  return sent;
}

function preview(id: string, side: number) {
  const path = `/api/v1/moderation/submissions/${id}/photo/${side}`;
  return ask(service.url + path, { headers: { cookie: staff.cookie } });
}

/** Approves a photo, waits until all its files are listed, and returns their names. */
async function publish(id: string, version = 2): Promise<string[]> {
  expect((await approve(staff, id, version)).status).toBe(200);
  const urls = await eventually(async () => {
    const { status, text } = await ask(`${service.url}/api/v1/gallery/${id}`);
    if (status !== 200) return null;
    const { images } = JSON.parse(text) as { images: { url: string }[] };
    const card = `${service.url}/photos/${id}/card.jpg`;
    // The card is the last that is made.
    return (await ask(card)).status === 200 && [...images.map(({ url }) => url), card];
  });
  for (const url of urls) {
    const { status, body } = await ask(url);
    expect(status).toBe(200);
    pictures.push(body);
  }
  return urls.map((url) => url.split('/').at(-1) ?? '').sort();
}

async function filesOf(id: string) {
  const files = (await storedFiles(service)).filter((file) => file.includes(id));
  const shelf = `private/${id.slice(0, 2)}/${id}.`;
  const own = `public/${id}/`;
  const sealed = files.filter((file) => file.startsWith(shelf));
  const published = files.filter((file) => file.startsWith(own));
  expect(sealed.length + published.length).toBe(files.length);
  return {
    sealed: sealed.map((file) => file.slice(shelf.length)),
    published: published.map((file) => file.slice(own.length)),
  };
}

async function expectGone(id: string): Promise<void> {
  expect((await ask(`${service.url}/api/v1/gallery/${id}`)).status).toBe(410);
  expect((await ask(`${service.url}/gallery/${id}`)).status).toBe(410);
  for (const side of [480, 960, 1920]) {
    expect((await ask(`${service.url}/photos/${id}/${side}.jpg`)).status).toBe(410);
    expect((await ask(`${service.url}/photos/${id}/${side}.avif`)).status).toBe(410);
    expect((await preview(id, side)).status).toBe(404);
  }
  const { text } = await ask(`${service.url}/api/v1/gallery?limit=100`);
  expect(text).not.toContain(id);
  expect((await ask(`${service.url}/`)).text).not.toContain(id);
}
