import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD } from '../../src/submission/renditions.ts';
import { findMetadata, hasExiftool } from '../support/exiftool.ts';
import { type Answer, ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { approve, FIELDS, type Staff, signIn, withReceipt } from '../support/people.ts';
import { readStored } from '../support/photo-store.ts';
import { type Service, startService } from '../support/service.ts';
import { hasSharedPhotos, readManifest, readShared, type SharedPhoto } from '../support/shared.ts';
import { storedFiles } from '../support/uploads.ts';

const SIDES = [480, 960, 1920];
const IN_FLIGHT = 4;
const APPROVED = 8;

interface Result {
  file: SharedPhoto;
  status: number;
  /** How it ended: a state, or the refusal's code. */
  end: string;
  id: string;
  photo?: { width: number; height: number };
}

let service: Service;
let staff: Staff;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compete-seen-'));
  service = await startService();
  staff = await signIn(service);
});
afterAll(async () => {
  await service?.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(!hasSharedPhotos)('the shared photos (skipped without ../shared)', () => {
  const results: Result[] = [];

  it('are each taken or refused as expected, whatever they are called', async () => {
    const { pid } = service;
    const { files, uploadNamesToTry: names } = readManifest();
    const left = files.map((file, i) => ({ file, name: names[i % names.length] ?? '' }));
    const lane = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        results.push(await send(next.file, next.name));
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));

    const counts: Record<string, number> = {};
    for (const { file, end } of results) {
      const key = `${file.expectation}: ${end}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    console.info(`${results.length} files`, counts);
    expect(
      results.filter(isWrong).map(({ file, end, status }) => [file.path, status, end]),
    ).toEqual([]);
    expect(results).toHaveLength(files.length);
    expect(service.pid).toBe(pid);
    process.kill(pid, 0);
    expect((await ask(`${service.url}/health/ready`)).status).toBe(200);
  }, 300_000);

  it('give nothing away in what moderators see', async () => {
    const leaks: string[] = [];
    for (const { file, id } of taken(results)) {
      for (const side of SIDES) {
        const { status, body } = await preview(id, side);
        expect(status).toBe(200);
        const secrets = file.mustNotLeak.filter((text) => text.length > 3);
        if (secrets.some((text) => body.includes(text))) leaks.push(`${file.path} ${side}`);
        await writeFile(join(folder, `${id}-${side}.jpg`), body);
      }
    }
    expect(leaks).toEqual([]);
  }, 60_000);

  it.skipIf(!hasExiftool)(
    'G1 hold no metadata in any preview (needs exiftool)',
    () => {
      const { files, found } = findMetadata(folder);
      console.info(`exiftool: ${files} previews`);
      expect(files).toBe(taken(results).length * SIDES.length);
      expect(found).toEqual([]);
    },
    120_000,
  );

  it.skipIf(!hasExiftool)(
    'G1 hold no metadata in any published file (needs exiftool)',
    async () => {
      const every = Math.floor(taken(results).length / APPROVED);
      const chosen = taken(results).filter((_, i) => i % every === 0);
      for (const { id } of chosen) {
        expect((await approve(staff, id, 2)).status).toBe(200);
      }
      const publicFolder = join(folder, 'public');
      const listed = await Promise.all(chosen.map(({ id }) => encoded(id)));
      const cards = chosen.map(({ id }) => `public/${id}/${CARD.file}`);
      await eventually(async () => {
        const stored = await storedFiles(service);
        return cards.every((card) => stored.includes(card));
      }, 90_000);
      for (const file of await storedFiles(service)) {
        if (!file.startsWith('public/')) continue;
        const copy = join(folder, file);
        await mkdir(dirname(copy), { recursive: true });
        await writeFile(copy, await readStored(service, file));
      }
      const { files, found } = findMetadata(publicFolder);
      console.info(`exiftool: ${files} published files of ${chosen.length} photos`);
      // A mosaic may have been made meanwhile as well.
      expect(files).toBeGreaterThanOrEqual(listed.flat().length + cards.length);
      expect(found).toEqual([]);
    },
    180_000,
  );

  it('that are HEIC become photos of the right size', () => {
    const heic = taken(results).filter(({ file }) => file.format === 'heic' && file.display);
    expect(heic.length).toBeGreaterThan(10);
    const wrong = heic.filter(({ file, photo }) => !isFitted(file, photo));
    expect(wrong.map(({ file, photo }) => [file.path, file.display, photo])).toEqual([]);
  });
});

function preview(id: string, side: number): Promise<Answer> {
  const path = `/api/v1/moderation/submissions/${id}/photo/${side}`;
  return ask(service.url + path, { headers: { cookie: staff.cookie } });
}

async function send(file: SharedPhoto, name: string): Promise<Result> {
  const photo = { name: 'photo', value: readShared(file.path), filename: escapeName(name) };
  const { body, headers } = multipart([...fieldParts(FIELDS), photo]);
  const url = `${service.url}/api/v1/submissions`;
  const answer = await ask(url, { method: 'POST', body, headers });
  if (answer.status !== 201 && answer.status !== 202) return refused(file, answer);
  const { receipt } = JSON.parse(answer.text) as { receipt: string };
  const status = await eventually(async () => {
    const now = await (await withReceipt(service, receipt)).json();
    return now.state !== 'received' && now;
  }, 60_000);
  return { file, status: answer.status, end: status.state, id: status.id, photo: status.photo };
}

function refused(file: SharedPhoto, { status, headers, text }: Answer): Result {
  const isProblem = headers['content-type'] === 'application/problem+json';
  const end = isProblem ? (JSON.parse(text).code as string) : 'no problem document';
  return { file, status, end, id: '' };
}

/** As browsers write a file's name into a form. */
function escapeName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function isWrong({ file, status, end }: Result): boolean {
  const isRefused = end === 'refused' || (status >= 400 && status < 500 && /^photo-/.test(end));
  const isTaken = end === 'waiting';
  if (end === 'photo-failed') return true;
  return !{ accept: isTaken, reject: isRefused, either: isTaken || isRefused }[file.expectation];
}

function taken(results: Result[]): Result[] {
  return results.filter(({ end }) => end === 'waiting');
}

/** Small pictures lose pixels by rounding; big ones are kept at 3000. */
function isFitted({ display }: SharedPhoto, photo: Result['photo']): boolean {
  if (!display || !photo) return false;
  const shrink = Math.min(1, 3000 / Math.max(...display));
  return [photo.width, photo.height].every((side, i) => {
    return Math.abs((display[i] ?? 0) * shrink - side) <= 1;
  });
}

/** The published files of a photo once its AVIF pictures are listed too. */
function encoded(id: string): Promise<string[]> {
  return eventually(async () => {
    const { text } = await ask(`${service.url}/api/v1/gallery/${id}`);
    const images = (JSON.parse(text).images ?? []) as { url: string; type: string }[];
    return images.some(({ type }) => type === 'image/avif') && images.map(({ url }) => url);
  }, 90_000);
}
