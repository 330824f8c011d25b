import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Area } from '../../src/submission/areas.ts';
import { readDisk } from '../support/disk.ts';
import { ask, eventually } from '../support/http.ts';
import { likeness, noiseIn, withNoise } from '../support/noise.ts';
import { approve, cover, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { readStored } from '../support/photo-store.ts';
import { photo } from '../support/pictures.ts';
import { openSealed } from '../support/sealed.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

const AREA: Area = { x: 0.3, y: 0.2, width: 0.3, height: 0.4 };
const ELSEWHERE: Area = { x: 0.7, y: 0.6, width: 0.25, height: 0.3 };
const PARTS = ['master', '1920', '960', '480'] as const;
/** Bytes of an old file that must not be found in any other. */
const RUN = 48;

let service: Service;
let staff: Staff;
let seed = 40;

beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
});
afterAll(() => service?.dispose());

/** A photo with two places of noise. */
async function send(fields: Record<string, string> = {}) {
  seed += 1;
  const scene = await photo({ width: 1600, height: 1200, seed });
  const picture = await withNoise(await withNoise(scene, AREA), ELSEWHERE);
  const { id, receipt } = await (await sendPhoto(service, picture, fields)).json();
  return { id, receipt, picture } as { id: string; receipt: string; picture: Buffer };
}

interface Item {
  month: string;
  color: string;
  placeholder: string;
  images: { url: string; type: string }[];
}

async function galleryItem(id: string): Promise<Item | null> {
  const { status, text } = await ask(`${service.url}/api/v1/gallery/${id}`);
  return status === 200 ? (JSON.parse(text) as Item) : null;
}

/** A public photo with all its pictures, AVIF included. */
async function published(id: string, version: number): Promise<Item> {
  expect((await approve(staff, id, version)).status).toBe(200);
  return withAvif(id);
}

function withAvif(id: string): Promise<Item> {
  return eventually(async () => {
    const item = await galleryItem(id);
    return item?.images.some(({ type }) => type === 'image/avif') && item;
  }, 30_000);
}

/** Every picture of a photo that is kept or served, by where it was found. */
async function picturesOf(id: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const part of PARTS) {
    const bytes = await openSealed(service, id, part);
    if (bytes) found.set(`sealed ${part}`, bytes);
  }
  for (const side of [480, 960, 1920]) {
    const path = `/api/v1/moderation/submissions/${id}/photo/${side}`;
    const { status, body } = await ask(service.url + path, { headers: { cookie: staff.cookie } });
    if (status === 200) found.set(`staff ${side}`, body);
  }
  for (const file of (await storedFiles(service)).filter((f) => f.startsWith(`public/${id}`))) {
    found.set(file, await readStored(service, file));
  }
  for (const { url } of (await galleryItem(id))?.images ?? []) {
    found.set(url, (await ask(url)).body);
  }
  return found;
}

async function expectCovered(id: string, original: Buffer, least: number): Promise<void> {
  const pictures = await picturesOf(id);
  expect(pictures.size).toBeGreaterThanOrEqual(least);
  for (const [where, picture] of pictures) {
    expect(await noiseIn(picture, AREA), where).toBeLessThan(4);
    expect(Math.abs(await likeness(picture, original, AREA)), where).toBeLessThan(0.5);
    // Around it nothing has changed.
    expect(await likeness(picture, original, ELSEWHERE), where).toBeGreaterThan(0.97);
  }
}

/** All files the service has, whatever they are for. */
async function allFiles(): Promise<Map<string, Buffer>> {
  return new Map(await readDisk(service.folder));
}

/** Pieces of each file, none of which may stay: JPEG and sealed data have no run twice by chance. */
function piecesOf(files: Iterable<Buffer>): Buffer[] {
  return [...files].flatMap((file) =>
    [0.35, 0.5, 0.65, 0.8].map((part) => {
      const at = Math.floor(file.length * part);
      return file.subarray(at, at + RUN);
    }),
  );
}

describe('a photo that waits', () => {
  it('G6 has the area in no picture any more, and everything around it', async () => {
    const { id, picture } = await send();
    for (const [where, each] of await picturesOf(id)) {
      expect(await noiseIn(each, AREA), where).toBeGreaterThan(30);
      expect(await likeness(each, picture, AREA), where).toBeGreaterThan(0.97);
    }
    const answer = await cover(staff, id, 2, [AREA]);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { id, state: 'waiting', version: 3 },
    ]);
    await expectCovered(id, picture, 7);
  });

  it('G6 is in no file as it was, nor in the database and its log', async () => {
    const { id } = await send();
    // The original goes just after the photo waits.
    const stored = async () => (await storedFiles(service)).filter((file) => file.includes(id));
    await expect.poll(stored).toHaveLength(4);
    const before = await allFiles();
    const own = [...before].filter(([path]) => path.includes(id)).map(([, bytes]) => bytes);
    expect(own).toHaveLength(4);
    const clear = await Promise.all(PARTS.map((part) => openSealed(service, id, part)));
    const pieces = piecesOf([...own, ...clear.map((part) => part ?? Buffer.alloc(RUN))]);
    expect((await cover(staff, id, 2, [AREA])).status).toBe(200);
    for (const [path, bytes] of await allFiles()) {
      for (const piece of pieces) expect(bytes.includes(piece), path).toBe(false);
      // The reserve's four megabytes are random: every fourth time they hold such bytes.
      if (!path.includes('data.db') || path.endsWith('.reserve')) continue;
      expect(bytes.includes('\xff\xd8\xff', 0, 'latin1')).toBe(false);
    }
  });

  it('is painted where nothing was left to paint, too, and refused where there is nothing', async () => {
    const { id } = await send();
    const path = `/api/v1/moderation/submissions/${id}/covers`;
    for (const areas of [[], [{ x: 1, y: 0, width: 0.5, height: 0.5 }], [{ ...AREA, width: 0 }]]) {
      expect((await staff.post(path, { version: 2, areas })).status).toBe(400);
    }
    expect((await cover(staff, id, 2, [AREA])).status).toBe(200);
    expect((await cover(staff, id, 3, [AREA])).status).toBe(200);
  });

  it('tells a stale colleague how it stands', async () => {
    const { id, picture } = await send();
    expect((await cover(staff, id, 2, [AREA])).status).toBe(200);
    const stale = await cover(staff, id, 2, [ELSEWHERE]);
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({
      code: 'decided-already',
      current: { state: 'waiting', version: 3 },
    });
    expect(await noiseIn(picture, ELSEWHERE)).toBeGreaterThan(30);
    await expectCovered(id, picture, 7);
  });
});

describe('a public photo', () => {
  it('is nowhere as it was once the answer is there, and public again in its month', async () => {
    const { id, picture } = await send();
    const before = await published(id, 2);
    const tags = new Map<string, string>();
    for (const { url } of before.images) tags.set(url, (await ask(url)).headers.etag ?? '');
    const files = (await storedFiles(service)).filter((file) => file.startsWith(`public/${id}`));
    expect(files.length).toBe(before.images.length);
    const pieces = piecesOf(await Promise.all(files.map((file) => readStored(service, file))));

    const answer = await cover(staff, id, 3, [AREA]);
    expect(await answer.json()).toEqual({ id, state: 'approved', version: 4 });
    for (const [url, tag] of tags) {
      const { status, headers, body } = await ask(url, { headers: { 'if-none-match': tag } });
      expect([200, 404], url).toContain(status);
      if (status !== 200) continue;
      expect(headers.etag, url).not.toBe(tag);
      expect(await noiseIn(body, AREA), url).toBeLessThan(4);
    }

    const after = await withAvif(id);
    expect(after.images).toEqual(before.images);
    expect(after.month).toBe(before.month);
    expect([after.color, after.placeholder]).not.toEqual([before.color, before.placeholder]);
    await expectCovered(id, picture, 7 + 2 * before.images.length);
    await eventually(async () => {
      const all = await allFiles();
      const old = [...all].filter(
        ([path, bytes]) =>
          pieces.some((piece) => bytes.includes(piece)) ||
          (path.includes('data.db') && bytes.includes(before.placeholder)),
      );
      return old.length === 0;
    });
  }, 60_000);

  it('is withdrawn at whatever moment of the covering', async () => {
    for (const wait of [0, 5, 20, 60, 120, 250, 400]) {
      const { id, receipt } = await send();
      expect((await approve(staff, id, 2)).status).toBe(200);
      const covering = cover(staff, id, 3, [AREA]);
      await new Promise((resolve) => setTimeout(resolve, wait));
      expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
      expect([200, 409]).toContain((await covering).status);
      expect((await ask(`${service.url}/api/v1/gallery/${id}`)).status).toBe(410);
      expect((await ask(`${service.url}/photos/${id}/480.jpg`)).status).toBe(410);
      await eventually(async () => !(await storedFiles(service)).some((file) => file.includes(id)));
    }
  }, 60_000);
});

describe('a photo to be shown with faces covered', () => {
  it('is approved by nobody who does not say that they are', async () => {
    const { id } = await send({ exposure: 'covered', covers: JSON.stringify([AREA]) });
    for (const word of [undefined, false]) {
      const refused = await approve(staff, id, 2, word);
      expect(refused.status).toBe(409);
      expect((await refused.json()).code).toBe('covers-needed');
    }
    const seen = { flag: 'yes', slogan: 'yes', embassy: 'yes' };
    const page = await form(`/moderation/submissions/${id}/approval`, { version: '2', ...seen });
    expect(page.status).toBe(409);
    expect(await page.text()).toContain('every face is covered');
    expect((await approve(staff, id, 2, true)).status).toBe(200);
  });

  it('is left out of many at once, alone', async () => {
    const [bare, shown, said] = [
      await send({ exposure: 'covered' }),
      await send(),
      await send({ exposure: 'covered' }),
    ];
    const criteria = { flag: true, slogan: true, embassy: true };
    const one = { version: 2, decision: 'approval', criteria };
    const answer = await staff.post('/api/v1/moderation/decisions', {
      decisions: [
        { ...one, id: bare.id },
        { ...one, id: shown.id },
        { ...one, id: said.id, facesCovered: true },
      ],
    });
    const { outcomes } = (await answer.json()) as { outcomes: { status: number; code?: string }[] };
    expect(outcomes.map(({ status }) => status)).toEqual([409, 200, 200]);
    expect(outcomes[0]?.code).toBe('covers-needed');
  });

  it('goes on by the plain form: areas in, page out', async () => {
    const { id, picture } = await send();
    const path = `/moderation/submissions/${id}/covers`;
    const wrong = await form(path, { version: '2', x: '10', y: '', width: 'a', height: '5' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toMatch(/areas could not be read/);
    const done = await form(path, { version: '2', areas: JSON.stringify([AREA]) });
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      expect.stringContaining(`/moderation/submissions/${id}`),
    ]);
    await expectCovered(id, picture, 7);
  });
});

function form(path: string, fields: Record<string, string>): Promise<Response> {
  return fetch(service.url + path, {
    method: 'POST',
    headers: { cookie: staff.cookie, accept: 'text/html' },
    body: new URLSearchParams({ ...fields, _csrf: staff.csrf }),
    redirect: 'manual',
  });
}
