import { afterEach, expect, it } from 'vitest';
import type { CardJob, ImageWorkers } from '../../src/image/workers.ts';
import { makeCard } from '../../src/processing/card.ts';
import { coverPhoto } from '../../src/processing/cover.ts';
import { publishPhoto, removePhoto } from '../../src/processing/publish.ts';
import { CARD, RENDITION_SIDES } from '../../src/submission/renditions.ts';
import { readStored } from '../support/photo-store.ts';
import { type Life, NOON, openLife, RENDITIONS } from '../support/submissions.ts';
import { cleanPhotoOf, openTestTools, type TestTools } from '../support/tools.ts';

let tools: TestTools;
let life: Life;
let asked: CardJob[];
afterEach(() => tools.dispose());

const picture = (text: string) => ({ bytes: Buffer.from(text), width: 480, height: 360 });

const painter: ImageWorkers['cover'] = async () => ({
  master: picture('covered'),
  renditions: { 480: picture('covered'), 960: picture('covered'), 1920: picture('covered') },
  facts: { color: '#1f1f24', placeholder: 'new' },
});

/** A published photo whose card is due. A card says what it was drawn of; `meanwhile` happens first. */
async function published(meanwhile = async (_id: string) => {}): Promise<string> {
  tools = await openTestTools(cleanPhotoOf(), painter);
  life = openLife(tools.store);
  asked = [];
  const id = await life.waiting({ city: 'Bakı <b>', locale: 'az' });
  tools.images.drawCard = async (job) => {
    asked.push(job);
    await meanwhile(id);
    return Buffer.from(`card of ${job.photos.join()}`);
  };
  for (const part of ['master', ...RENDITION_SIDES] as const) {
    await tools.photos.seal(id, `${part}`, Buffer.from(`sealed ${part}`));
  }
  await life.decide(id, 'approved');
  await publish(id);
  return id;
}

async function publish(id: string): Promise<void> {
  await publishPhoto(tools, await life.claim(id, ['publish']));
  await tools.store.jobs.finishEncoding(await life.claim(id, ['encode']), RENDITIONS, NOON);
}

const makeCardOf = async (id: string) => makeCard(tools, await life.claim(id, ['card']));
const cardOnDisk = (id: string) =>
  readStored(tools.test, `public/${id}/${CARD.file}`).then(String, () => null);

it('a published photo gets a card of its city and embassy, in no language of its supporter', async () => {
  const id = await published();
  await makeCardOf(id);
  expect(await cardOnDisk(id)).toBe('card of sealed 960');
  expect((await life.read(id)).renditions).toEqual([...RENDITIONS, CARD]);
  expect(asked).toMatchObject([
    {
      slogan: 'Compete 4 Equality!',
      title: 'Bakı <b>',
      titleElse: 'Vienna',
      line: 'Embassy of Azerbaijan in Vienna',
    },
  ]);
});

it('a photo taken back while its card is drawn keeps no card', async () => {
  const id = await published((own) => tools.store.submissions.withdraw(own, NOON));
  await makeCardOf(id);
  expect(await cardOnDisk(id)).toBeNull();
  await removePhoto(tools, await life.claim(id, ['erase']));
  expect(await life.read(id)).toMatchObject({ state: 'withdrawn', renditions: null, task: null });
  expect(await cardOnDisk(id)).toBeNull();
});

it('a photo taken back while its card is written loses the file to its removal', async () => {
  const id = await published();
  const { publish: write } = tools.photos;
  tools.photos.publish = async (...file) => {
    await tools.store.submissions.withdraw(id, NOON);
    await write(...file);
  };
  await makeCardOf(id);
  expect((await life.read(id)).renditions).toBeNull();
  await removePhoto(tools, await life.claim(id, ['erase']));
  expect(await cardOnDisk(id)).toBeNull();
});

it('a photo that is covered loses its card at once and gets another of what is left', async () => {
  const id = await published();
  await makeCardOf(id);
  await life.cover(id);
  expect((await life.read(id)).renditions).toBeNull();
  await coverPhoto(tools, await life.claim(id, ['cover']));
  expect(await cardOnDisk(id)).toBeNull();
  await publish(id);
  await makeCardOf(id);
  expect(await cardOnDisk(id)).toBe('card of covered');
});

it('a photo that is reopened has no card any more', async () => {
  const id = await published();
  await makeCardOf(id);
  await life.decide(id, 'reopened');
  await removePhoto(tools, await life.claim(id, ['retract']));
  expect(await cardOnDisk(id)).toBeNull();
});
