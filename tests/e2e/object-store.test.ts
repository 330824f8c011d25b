import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, eventually } from '../support/http.ts';
import { approve, reject, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type ObjectStore, startObjectStore } from '../support/s3.ts';
import { type Service, startService } from '../support/service.ts';

/** For how long the store is away while people go on; `npm run test:long` makes it a minute. */
const AWAY_MS = 1_000 * rounds({ quick: 2, ci: 2, long: 60 });
const CDN = 'https://cdn.example.org/photos';

let store: ObjectStore;
let service: Service;
let staff: Staff;

beforeAll(async () => {
  store = await startObjectStore();
  service = await startService({ ...store.environment, PHOTO_BASE_URL: CDN });
  staff = await signIn(service);
});

afterAll(async () => {
  await service?.dispose();
  await store?.close();
});

interface Sent {
  id: string;
  receipt: string;
}

async function send(hue: number): Promise<Sent> {
  const answer = await sendPhoto(service, await photo({ width: 1600 + hue, height: 1200 }));
  expect([201, 202]).toContain(answer.status);
  const sent = await answer.json();
  await eventually(async () => {
    const now = await (await withReceipt(service, sent.receipt)).json();
    return now.state === 'waiting';
  });
  return sent;
}

/** The version of a photo that waits, which a decision needs. */
async function versionOf(id: string): Promise<number> {
  const { items } = await (await staff.get('/api/v1/moderation/submissions')).json();
  return items.find((item: { id: string }) => item.id === id).version;
}

const publicItem = (id: string) => ask(`${service.url}/api/v1/gallery/${id}`);
const keysOf = async (id: string) => (await store.keys()).filter((key) => key.includes(id));

it('takes a photo from the supporter to the gallery and back, and leaves no object', async () => {
  const { id, receipt } = await send(0);
  const sealed = ['1920', '480', '960', 'master'].map((part) => `private/${id}/${part}`);
  await expect.poll(() => keysOf(id)).toEqual(sealed);
  for (const key of sealed) {
    expect((await store.bytes(key)).subarray(0, 3).toString('hex')).not.toBe('ffd8ff');
  }
  expect((await approve(staff, id, await versionOf(id))).status).toBe(200);
  await eventually(async () => (await publicItem(id)).status === 200);

  const [image] = JSON.parse((await publicItem(id)).text).images;
  expect(image.url).toBe(`${CDN}/${id}/480.jpg`);
  const page = await ask(`${service.url}/gallery/${id}`);
  expect(page.text).toContain(`/photos/${id}/480.jpg`);
  expect(page.text).not.toContain(CDN);

  const own = `${service.url}/photos/${id}/480.jpg`;
  const whole = await ask(own);
  expect(whole.body.equals(await store.bytes(`public/${id}/480.jpg`))).toBe(true);
  const { etag = '', 'content-length': length } = whole.headers;
  expect(whole.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=300, must-revalidate',
    'cross-origin-resource-policy': 'cross-origin',
    'accept-ranges': 'bytes',
  });
  const head = await ask(own, { method: 'HEAD' });
  expect([head.status, head.headers['content-length'], head.headers.etag]).toEqual([
    ...[200, length, etag],
  ]);
  const known = await ask(own, { headers: { 'if-none-match': `W/${etag}` } });
  expect([known.status, known.body.length]).toEqual([304, 0]);
  const partOf = (range: string, more = {}) => ask(own, { headers: { range, ...more } });
  const middle = await partOf('bytes=100-199');
  expect([middle.status, middle.headers['content-range']]).toEqual([
    ...[206, `bytes 100-199/${length}`],
  ]);
  expect(middle.body.equals(whole.body.subarray(100, 200))).toBe(true);
  expect((await partOf('bytes=-50')).body.equals(whole.body.subarray(-50))).toBe(true);
  expect((await partOf('bytes=100-199', { 'if-range': '"else"' })).status).toBe(200);
  expect((await partOf('bytes=99999999-')).status).toBe(416);
  expect((await ask(`${service.url}/photos/${id}/481.jpg`)).status).toBe(404);

  expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
  expect((await ask(own)).status).toBe(410);
  await eventually(async () => (await keysOf(id)).length === 0);
  const listed = async () =>
    (await store.keys()).some((key) => key.startsWith('taken-back/withdrawn/'));
  await expect.poll(listed).toBe(true);
});

it('goes on without the store, asks senders to come back, and catches up by itself', async () => {
  const [shown, wanted, unwanted, late] = [
    await send(1),
    await send(2),
    await send(3),
    await send(4),
  ];
  await approve(staff, shown.id, await versionOf(shown.id));
  await eventually(async () => (await publicItem(shown.id)).status === 200);

  for (const away of ['cut', 'busy'] as const) {
    store.meddle = () => away;
    const refused = await sendPhoto(service, await photo());
    expect(refused.status, away).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await refused.json()).code).toBe('storage-off');
  }
  const ready = await ask(`${service.url}/health/ready`);
  expect([ready.status, JSON.parse(ready.text).photos]).toEqual([200, 'away']);
  const picture = await ask(`${service.url}/photos/${shown.id}/480.jpg`);
  expect([picture.status, picture.headers['retry-after']]).toEqual([503, '30']);
  expect((await ask(`${service.url}/api/v1/gallery`)).status).toBe(200);
  expect((await ask(`${service.url}/gallery`)).status).toBe(200);
  expect((await approve(staff, wanted.id, await versionOf(wanted.id))).status).toBe(200);
  expect((await reject(staff, unwanted.id, await versionOf(unwanted.id))).status).toBe(200);
  expect((await withReceipt(service, shown.receipt, 'DELETE')).status).toBe(204);
  expect((await ask(`${service.url}/photos/${shown.id}/480.jpg`)).status).toBe(410);
  expect((await keysOf(shown.id)).length).toBeGreaterThan(0);

  for (const end = Date.now() + AWAY_MS; Date.now() < end; await sleep(500)) {
    const refused = await sendPhoto(service, await photo());
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(`${service.url}/gallery`)).status).toBe(200);
    expect((await withReceipt(service, late.receipt)).status).toBe(200);
  }
  expect((await approve(staff, late.id, await versionOf(late.id))).status).toBe(200);

  store.meddle = undefined;
  await eventually(async () => (await publicItem(late.id)).status === 200, 60_000);
  await eventually(async () => (await keysOf(shown.id)).length === 0, 60_000);
  await eventually(async () => (await publicItem(wanted.id)).status === 200, 60_000);
  expect((await ask(`${service.url}/photos/${wanted.id}/480.jpg`)).status).toBe(200);
  expect((await sendPhoto(service, await photo({ width: 1500 }))).status).toBeLessThan(300);
  expect(JSON.parse((await ask(`${service.url}/health/ready`)).text)).toEqual({ status: 'ok' });
  const doctor = await service.command('doctor');
  expect(doctor).toContain('good  Files and rows');
  expect(doctor).toContain('good  Taken back');
  expect(doctor).toContain('good  Bucket');
}, 240_000);

it('is told at a start when the bucket is not there', async () => {
  const missing = { ...store.environment, PHOTO_STORE: 's3://elsewhere' };
  await expect(startService(missing)).rejects.toThrow(
    /The bucket of PHOTO_STORE \(elsewhere\) cannot be written/,
  );
});
