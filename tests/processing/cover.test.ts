import { afterEach, describe, expect, it } from 'vitest';
import type { ImageWorkers } from '../../src/image/workers.ts';
import { coverPhoto } from '../../src/processing/cover.ts';
import { publishPhoto } from '../../src/processing/publish.ts';
import { RENDITION_SIDES } from '../../src/submission/renditions.ts';
import { readStored } from '../support/photo-store.ts';
import { AREA, type Life, NOON, openLife } from '../support/submissions.ts';
import { cleanPhotoOf, openTestTools, type TestTools } from '../support/tools.ts';

let tools: TestTools;
let life: Life;
afterEach(() => tools.dispose());

const picture = (text: string) => ({ bytes: Buffer.from(text), width: 480, height: 360 });

/** An image worker that paints: what it makes says what it was made of. */
const painter: ImageWorkers['cover'] = async ({ master, areas }) => ({
  master: picture(`${master}+${areas.length}`),
  renditions: { 480: picture('new'), 960: picture('new'), 1920: picture('new') },
  facts: { color: '#1f1f24', placeholder: 'new' },
});

/** A photo the world sees, with an order to cover it. */
async function coveredOnce(cover = painter): Promise<string> {
  tools = await openTestTools(cleanPhotoOf(), cover);
  life = openLife(tools.store);
  const id = await life.waiting();
  for (const part of ['master', ...RENDITION_SIDES] as const) {
    await tools.photos.seal(id, `${part}`, Buffer.from('old'));
  }
  await life.decide(id, 'approved');
  await publishPhoto(tools, await life.claim(id, ['publish']));
  expect(await publicText(id)).toContain('old');
  await life.cover(id);
  return id;
}

async function filesOf(id: string) {
  for await (const files of tools.photos.inventory()) if (files.id === id) return files;
  return { sealed: [], published: [] };
}

async function publicText(id: string): Promise<string[]> {
  const { published } = await filesOf(id);
  return Promise.all(
    published.map(async (name) => String(await readStored(tools.test, `public/${id}/${name}`))),
  );
}

const sealedText = async (id: string, part: 'master' | '480') =>
  String(await tools.photos.open(id, part));

describe('covering', () => {
  it('replaces all sealed pictures and what is public', async () => {
    const id = await coveredOnce();
    await coverPhoto(tools, await life.claim(id, ['cover']));
    expect(await sealedText(id, 'master')).toBe('old+1');
    expect(await sealedText(id, '480')).toBe('new');
    expect((await filesOf(id)).published).toEqual([]);
    expect((await life.read(id)).facts).toMatchObject({
      color: '#1f1f24',
      placeholder: 'new',
      fingerprint: '0123456789abcdef',
      removed: ['gps'],
    });
    await publishPhoto(tools, await life.claim(id, ['publish']));
    expect(await publicText(id)).toEqual(['new', 'new', 'new']);
    expect(await life.read(id)).toMatchObject({ pictureMonth: '2026-11', task: 'encode' });
  });

  it('takes the public files away before it paints', async () => {
    let seen: string[] | undefined;
    const id = await coveredOnce(async (job) => {
      seen = (await filesOf(id)).published;
      return painter(job);
    });
    await coverPhoto(tools, await life.claim(id, ['cover']));
    expect(seen).toEqual([]);
  });

  it('does all areas again after a kill between the files', async () => {
    const id = await coveredOnce();
    await coverPhoto(tools, await life.claim(id, ['cover']));
    await life.cover(id);
    await tools.photos.seal(id, '480', Buffer.from('half done'));
    await coverPhoto(tools, await life.claim(id, ['cover']));
    expect(await sealedText(id, 'master')).toBe('old+1+2');
    expect(await sealedText(id, '480')).toBe('new');
  });

  it('writes nothing once the photo was taken back', async () => {
    const id = await coveredOnce(async (job) => {
      await tools.store.submissions.withdraw(id, NOON);
      return painter(job);
    });
    await coverPhoto(tools, await life.claim(id, ['cover']));
    expect(await sealedText(id, 'master')).toBe('old');
    expect(await life.claim(id, ['erase'])).toMatchObject({ row: { state: 'withdrawn' } });
  });

  it('leaves the photo hidden when there is nothing to paint on', async () => {
    const id = await coveredOnce();
    for (const part of ['master', '1920'] as const) await tools.photos.remove(id, part);
    await expect(coverPhoto(tools, await life.claim(id, ['cover']))).rejects.toThrow();
    expect(await life.read(id)).toMatchObject({
      pictureMonth: null,
      task: 'cover',
      covers: [AREA],
    });
  });
});
