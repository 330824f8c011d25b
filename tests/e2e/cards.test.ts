import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farApart, look } from '../image/support/look.ts';
import { inFolders } from '../support/engines.ts';
import { ask, eventually } from '../support/http.ts';
import { approve, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { placeOf } from '../support/photo-store.ts';
import { CANARY, photo, plain, withTraces } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

let service: Service;
let staff: Staff;
beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
});
afterAll(() => service?.dispose());

const at = (path: string) => ask(service.url + path);

async function sizeOf(jpeg: Buffer) {
  const { format, width, height } = await sharp(jpeg).metadata();
  return { format, width, height };
}

/** The value of a tag in the head of a page. */
async function tagOf(path: string, property: string): Promise<string | undefined> {
  const { text } = await at(path);
  return text.match(new RegExp(`<meta (?:property|name)="${property}" content="([^"]*)"`))?.[1];
}

async function publish(seed: number): Promise<{ id: string; receipt: string }> {
  const bytes = withTraces(await photo({ width: 1000, height: 750, seed }));
  const sent = await (await sendPhoto(service, bytes)).json();
  expect((await approve(staff, sent.id, 2)).status).toBe(200);
  await eventually(async () => (await at(`/photos/${sent.id}/card.jpg`)).status === 200);
  return sent;
}

it('a card of each photo, embassy and the campaign is there as long as the photo is', async () => {
  const pages = ['/', '/gallery?lang=de', '/embassies/embassy-vienna'];
  const cards: (string | undefined)[] = [];
  for (const page of pages) cards.push((await tagOf(page, 'og:image'))?.replace(service.url, ''));
  expect(cards).toEqual([
    '/cards/campaign.jpg?lang=en',
    '/cards/campaign.jpg?lang=de',
    '/cards/embassies/embassy-vienna.jpg?lang=en',
  ]);
  const empty = await Promise.all(cards.map((card) => at(card ?? '')));
  for (const { status, body } of empty) {
    expect(status).toBe(200);
    expect(await sizeOf(body)).toEqual({ format: 'jpeg', width: 1200, height: 630 });
  }
  expect(empty[0]?.body.equals(empty[1]?.body ?? Buffer.alloc(0))).toBe(false);

  const { id, receipt } = await publish(1);
  const address = `/photos/${id}/card.jpg`;
  const card = await at(address);
  expect(await sizeOf(card.body)).toEqual({ format: 'jpeg', width: 1200, height: 630 });
  expect(card.body.includes(CANARY)).toBe(false);
  expect(card.headers['cache-control']).toBe('public, max-age=300, must-revalidate');
  const item = JSON.parse((await at(`/api/v1/gallery/${id}`)).text);
  expect(JSON.stringify(item)).not.toContain('card');
  expect(await tagOf(`/gallery/${id}`, 'og:image')).toBe(service.url + address);
  expect(await tagOf(`/gallery/${id}`, 'og:image:width')).toBe('1200');
  expect(await tagOf(`/gallery/${id}`, 'twitter:card')).toBe('summary_large_image');

  const full = await Promise.all(cards.map((path) => at(path ?? '')));
  full.forEach(({ body, headers }, index) => {
    expect(body.equals(empty[index]?.body ?? body)).toBe(false);
    expect(headers['cache-control']).toBe('public, max-age=300, must-revalidate');
  });

  expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
  expect((await at(address)).status).toBe(410);
  const after = await Promise.all(cards.map((path) => at(path ?? '')));
  after.forEach(({ body }, index) => {
    expect(body.equals(empty[index]?.body ?? Buffer.alloc(0)), cards[index]).toBe(true);
  });
}, 60_000);

it('there is no card of an embassy that is none', async () => {
  expect((await at('/cards/embassies/embassy-atlantis.jpg')).status).toBe(404);
  expect((await at('/cards/campaign.png')).status).toBe(404);
});

it('whoever asks for very many cards at once gets some and is asked to come back', async () => {
  const { items } = JSON.parse((await at('/api/v1/embassies')).text);
  const asked = items
    .slice(0, 20)
    .map(({ slug }: { slug: string }) => at(`/cards/embassies/${slug}.jpg`));
  const answers = await Promise.all(asked as ReturnType<typeof at>[]);
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].sort()).toEqual([200, 503]);
  expect(answers.find(({ status }) => status === 503)?.headers['retry-after']).toBe('5');
});

it('the mosaic has all photos in the order of the rainbow, and is gone with the first that is', async () => {
  expect((await at('/mosaic.jpg')).status).toBe(404);
  const colors = { green: '#208030', red: '#c02020', blue: '#2040c0' };
  const receipts = new Map<string, string>();
  for (const [name, color] of Object.entries(colors)) {
    const sent = await (await sendPhoto(service, await plain(color))).json();
    receipts.set(name, sent.receipt);
    expect((await approve(staff, sent.id, 2)).status).toBe(200);
    await eventually(async () => (await at(`/api/v1/gallery/${sent.id}`)).status === 200);
  }
  const mosaics = async () =>
    (await storedFiles(service)).filter((file) => file.startsWith('public/mosaic/'));
  await service.stop();
  for (const name of [
    '0123456789abcdef.jpg',
    ...(inFolders ? ['0123456789abcdef.jpg.0.part'] : []),
  ]) {
    const file = placeOf(service, `public/mosaic/${name}`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'of a start before');
  }
  // A start makes what is missing; later there are minutes between two.
  await service.restart();
  const mosaic = await eventually(async () => {
    const answer = await at('/mosaic.jpg');
    return answer.status === 200 && answer;
  });
  expect(mosaic.headers['cache-control']).toBe('public, max-age=300, must-revalidate');
  const picture = await look(mosaic.body);
  const seen = [1 / 6, 1 / 2, 5 / 6].map((x) =>
    picture.at(Math.floor(x * picture.width), Math.floor(picture.height / 2)),
  );
  const wanted = [colors.red, colors.green, colors.blue].map((color) =>
    [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16)),
  );
  seen.forEach((color, index) => {
    expect(farApart(color, wanted[index] ?? [])).toBeLessThan(12);
  });
  await eventually(async () => (await mosaics()).length === 2);
  expect((await at('/mosaic')).text).toContain('3 photos');
  expect((await at('/mosaic-small.jpg')).status).toBe(200);

  const receipt = receipts.get('red') ?? '';
  expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
  expect((await at('/mosaic.jpg')).status).toBe(404);
  expect((await at('/mosaic-small.jpg')).status).toBe(404);
  expect((await at('/mosaic')).text).not.toContain('/mosaic.jpg');
  await eventually(async () => (await mosaics()).length === 0);
}, 90_000);
