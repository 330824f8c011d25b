import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SealBroken } from '../../src/sealing.ts';
import { type FolderPhotos, openFolderPhotos } from '../../src/store/folder-photos.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const bytes = Buffer.from('CANARY the bytes of a photo');
let folder: string;
let photos: FolderPhotos;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photos-'));
  photos = await openFolderPhotos(folder, randomBytes(32));
});
afterEach(() => rm(folder, { recursive: true }));

async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function inventory() {
  const all = [];
  for await (const entry of photos.inventory()) all.push(entry);
  return all;
}

describe('what is sealed', () => {
  it('opens again, and shows nothing on the disk', async () => {
    await photos.receive(id, Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]));
    await photos.seal(id, '480', bytes);
    expect(await photos.open(id, 'original')).toEqual(bytes);
    expect(await photos.open(id, '480')).toEqual(bytes);
    expect(await photos.has(id, '480')).toBe(true);
    expect(await files()).toEqual([`private/0f/${id}.480`, `private/0f/${id}.original`]);
    for (const file of await files()) {
      const path = join(folder, file);
      expect((await readFile(path)).includes('CANARY')).toBe(false);
      const { mode, mtimeMs } = await stat(path);
      expect([mode & 0o777, mtimeMs]).toEqual([0o600, 0]);
    }
  });

  it('is null when it is not there', async () => {
    expect(await photos.open(id, 'master')).toBeNull();
    expect(await photos.has(id, 'master')).toBe(false);
  });

  it('does not open in place of another', async () => {
    const other = randomUUID();
    await photos.seal(id, '480', bytes);
    const shelf = join(folder, 'private', other.slice(0, 2));
    await writeFile(
      join(shelf, `${other}.480`),
      await readFile(join(folder, `private/0f/${id}.480`)),
    );
    await expect(photos.open(other, '480')).rejects.toThrow(SealBroken);
  });

  it('leaves nothing when the sender goes away', async () => {
    const broken = new Readable({
      read() {
        this.push(bytes);
        this.destroy(new Error('gone'));
      },
    });
    await expect(photos.receive(id, broken)).rejects.toThrow();
    expect(await files()).toEqual([]);
  });

  it('never becomes a path of anything but an id', async () => {
    for (const bad of ['../../../etc/passwd', '', id.toUpperCase(), `${id}/..`]) {
      await expect(photos.seal(bad, '480', bytes)).rejects.toThrow(RangeError);
      await expect(photos.retract(bad)).rejects.toThrow(RangeError);
    }
    expect(await files()).toEqual([]);
  });
});

describe('what is published', () => {
  it('lies open under its id, with times that tell nothing but a change', async () => {
    await photos.publish(id, '480.jpg', bytes);
    const path = join(photos.published.folder, id, '480.jpg');
    expect(await readFile(path)).toEqual(bytes);
    const before = await stat(path);
    expect(before.mode & 0o777).toBe(0o644);
    await photos.publish(id, '480.jpg', bytes);
    expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
    await photos.publish(id, '480.jpg', Buffer.from('else'));
    expect((await stat(path)).mtimeMs).not.toBe(before.mtimeMs);
  });

  it('goes by retraction, and everything by erasure; doing it again is no mistake', async () => {
    await photos.seal(id, 'master', bytes);
    await photos.publish(id, '480.jpg', bytes);
    await photos.retract(id);
    await photos.retract(id);
    expect(await files()).toEqual([`private/0f/${id}.master`]);
    await photos.publish(id, '480.jpg', bytes);
    await photos.erase(id);
    await photos.erase(id);
    expect(await files()).toEqual([]);
  });
});

describe('keeping order', () => {
  it('tells what there is of each submission, and of nothing else', async () => {
    const published = randomUUID();
    await photos.seal(id, 'master', bytes);
    await photos.seal(id, '480', bytes);
    await photos.publish(published, '480.jpg', bytes);
    await writeFile(join(folder, 'private', '0f', 'stranger'), '');
    await writeFile(join(photos.published.folder, 'stranger'), '');
    expect((await inventory()).sort((a, b) => a.id.localeCompare(b.id))).toEqual(
      [
        { id, sealed: ['480', 'master'], published: [] },
        { id: published, sealed: [], published: ['480.jpg'] },
      ].sort((a, b) => a.id.localeCompare(b.id)),
    );
  });

  it('removes what was never finished, once it is old enough', async () => {
    await photos.seal(id, 'master', bytes);
    const part = `private/0f/${id}.480.0123456789ab.part`;
    await writeFile(join(folder, part), bytes);
    expect((await inventory())[0]?.sealed).toEqual(['master']);
    await photos.removeUnfinished(60_000);
    expect(await files()).toContain(part);
    await photos.removeUnfinished(0);
    expect(await files()).toEqual([`private/0f/${id}.master`]);
  });

  it.skipIf(process.getuid?.() === 0)('says when it cannot be written', async () => {
    await chmod(join(folder, 'private'), 0o500);
    await expect(photos.proveWritable()).rejects.toThrow('EACCES');
    await chmod(join(folder, 'private'), 0o700);
  });

  it('proves that it can be written, leaving nothing', async () => {
    await photos.proveWritable();
    expect(await files()).toEqual([]);
    await rm(join(folder, 'public'), { recursive: true });
    await expect(photos.proveWritable()).rejects.toThrow('ENOENT');
    await photos.seal(id, 'master', bytes);
  });
});
