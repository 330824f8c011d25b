import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { approve, type Staff, sendPhoto, signIn } from '../support/people.ts';
import { type Service, startService } from '../support/service.ts';
import { type Line, median, runScript } from './measure.ts';
import { phonePhotos } from './photos.ts';
import { cpuMs } from './processes.ts';

const PHOTOS = 8;
const ROUNDS = 3;
const AIM = 1.15;

/** CPU from upload to published JPEGs, against a bare script that makes the same files. */
export async function measureUpload(): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const files = await phonePhotos(PHOTOS, folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size / 1e6));
  const service = await startService();
  try {
    const staff = await signIn(service);
    const photos = await Promise.all(files.map((file) => readFile(file)));
    await publishAll(service, staff, photos.slice(0, 2));
    const [bare, ours]: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const out = join(folder, 'bare');
      await mkdir(out);
      bare?.push(Number(await runScript('bare-sharp.ts', [out, ...files])));
      await encoded(service);
      const before = cpuMs(service.pid);
      await publishAll(service, staff, photos);
      ours?.push((cpuMs(service.pid) - before) / PHOTOS);
    }
    const ratios = (ours ?? []).map((each, round) => each / (bare?.[round] ?? Number.NaN));
    const ratio = median(ratios);
    return [
      { what: 'photos: 12 MP JPEG, MB', figure: median(sizes).toFixed(1) },
      { what: 'bare sharp, CPU ms per photo', figure: median(bare ?? []).toFixed(0) },
      { what: 'service, CPU ms per photo', figure: median(ours ?? []).toFixed(0) },
      {
        what: 'service / bare sharp',
        figure: `${ratio.toFixed(2)} (${ratios.map((each) => each.toFixed(2)).join(', ')})`,
        aim: `<= ${AIM}`,
        reached: ratio <= AIM,
      },
    ];
  } finally {
    await service.dispose();
    await rm(folder, { recursive: true });
  }
}

/** Uploads one after another, approves all, waits until the world can see them. */
async function publishAll(service: Service, staff: Staff, photos: Buffer[]): Promise<void> {
  const { total } = await gallery(service);
  const ids: string[] = [];
  for (const photo of photos) {
    const response = await sendPhoto(service, photo);
    if (response.status !== 201) throw new Error(await response.text());
    ids.push(((await response.json()) as { id: string }).id);
  }
  for (const id of ids) {
    const response = await approve(staff, id, 2);
    if (!response.ok) throw new Error(await response.text());
  }
  while ((await gallery(service)).total < total + photos.length) await sleep(20);
}

/** Waits until all AVIF pictures are made: they are no part of this. */
async function encoded(service: Service): Promise<void> {
  const isDone = ({ images }: Item) => images.some(({ type }) => type === 'image/avif');
  while (!(await gallery(service)).items.every(isDone)) await sleep(200);
}

interface Item {
  images: { type: string }[];
}

async function gallery(service: Service): Promise<{ total: number; items: Item[] }> {
  const response = await fetch(`${service.url}/api/v1/gallery?limit=100`);
  return (await response.json()) as { total: number; items: Item[] };
}
