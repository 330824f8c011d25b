import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyAhead, movePhotos } from '../../src/store/move-photos.ts';
import { openRawPhotos, type RawPhotos } from '../../src/store/raw-photos.ts';
import { type ObjectStore, startObjectStore } from '../support/s3.ts';

/** More than two parts of an upload to an object store. */
const LARGE = randomBytes(11_000_017);
const MOSAIC = 'public/mosaic/0123456789abcdef.jpg';
const nobody = () => undefined;

let folder: string;
let store: ObjectStore;
let source: RawPhotos;

const inFolder = (name: string) =>
  openRawPhotos({ photoStore: undefined, uploadsDir: join(folder, name) });
const inStore = (name: string) =>
  openRawPhotos({ photoStore: { ...store.settings, prefix: `${name}/` }, uploadsDir: '' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compete-raw-'));
  store = await startObjectStore();
  source = inFolder('source');
  for (const shelf of ['aa', 'bb'])
    await mkdir(join(folder, 'source/private', shelf), { recursive: true });
});
afterAll(async () => {
  await store?.close();
  await rm(folder, { recursive: true });
});

const write = (photos: RawPhotos, name: string, bytes: Buffer) =>
  photos.write(name, Readable.from([bytes]));
const idIn = (shelf: string) => shelf + randomUUID().slice(2);

/** Hashes of all files by their names. */
async function all(photos: RawPhotos): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const name of photos.names()) {
    const content = await photos.read(name);
    if (content)
      files[name] = createHash('sha256')
        .update(await buffer(content))
        .digest('hex');
  }
  return files;
}

describe.each([
  ['a folder', inFolder],
  ['an object store', inStore],
])('photos that move to %s', (kind, open) => {
  it('are there byte by byte, and nothing else is; a second attempt finds what differs', async () => {
    const target = open(`target-${kind.length}`);
    if (kind === 'a folder') {
      for (const shelf of ['aa', 'bb', 'ff']) {
        await mkdir(join(folder, `target-${kind.length}/private`, shelf), { recursive: true });
      }
    }
    const [one, two, gone] = [idIn('aa'), idIn('bb'), idIn('ff')];
    await write(source, `private/${one}/original`, LARGE);
    await write(source, `private/${two}/480`, Buffer.from('sealed'));
    await write(source, `public/${two}/480.jpg`, Buffer.from('for all'));
    await write(source, MOSAIC, Buffer.from('many'));
    await writeFile(join(folder, 'source/private/aa/left.over'), 'no photo');
    await writeFile(join(folder, 'source/public/left-over'), 'no photo');
    await source.takenBack.append(['withdrawn 0123456789012345678901']);
    await write(target, `public/${gone}/480.jpg`, Buffer.from('withdrawn since'));

    await copyAhead(source, target, nobody);
    expect(await all(target)).toEqual(await all(source));
    // The same length: only its bytes tell.
    await write(source, `private/${two}/480`, Buffer.from('COVERD'));
    await source.remove(MOSAIC);
    const { files } = await movePhotos(source, target, nobody);
    const moved = await all(target);
    expect([files, Object.keys(moved).length]).toEqual([3, 3]);
    expect(moved).toEqual(await all(source));
    expect(await target.size(`private/${one}/original`)).toBe(LARGE.length);
    expect(await target.size(`public/${gone}/480.jpg`)).toBeNull();
    expect(await target.takenBack.read()).toContainEqual(expect.stringContaining('withdrawn 0123'));
    expect((await store.unfinished()).length).toBe(0);
    for (const name of Object.keys(moved)) await source.remove(name);
    expect(await all(source)).toEqual({});
    // No folder stays of a photo that is not public any more.
    expect(await readdir(join(folder, 'source/public'))).not.toContain(two);
  });

  it('have a mark, and no name leads out of the store', async () => {
    const target = open('marked');
    if (kind === 'a folder') await mkdir(join(folder, 'marked'));
    expect(await target.mark.read()).toBeNull();
    await target.mark.set('a move');
    expect(await target.mark.read()).toBe('a move');
    await target.mark.drop();
    expect(await target.mark.read()).toBeNull();
    const id = randomUUID();
    for (const name of [
      ...[`private/${id}/..`, `public/../${id}`, `public/${id}/../x.jpg`, 'public/mosaic/x.jpg'],
      ...[`private/${id}/a/b`, `secret/${id}/480`, `public/${id}/a b.jpg`, 'moving'],
    ]) {
      const asked = async () => target.read(name);
      await expect(asked(), name).rejects.toThrow(RangeError);
    }
  });
});
