import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ImageWorkers, openImageWorkers, WorkerLost } from '../../src/image/workers.ts';
import { photo, svg } from '../support/pictures.ts';
import { cleanAny } from './support/workers.ts';

const open: ImageWorkers[] = [];

function workers(options: Partial<Parameters<typeof openImageWorkers>[0]> = {}): ImageWorkers {
  const opened = openImageWorkers({ count: 1, timeoutMs: 20_000, ...options });
  open.push(opened);
  return opened;
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Process ids of our children; their own children (esbuild, from tsx) are not ours. */
function childrenOf(pid: number | 'self'): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid === 'self' ? process.pid : pid}/children`);
  return list.toString().trim().split(' ').filter(Boolean).map(Number);
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a photo', () => {
  test('is cleaned', async () => {
    const outcome = await cleanAny(workers(), { photo: await photo(), covers: [] });
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(outcome.photo.master).toMatchObject({ width: 1600, height: 1200 });
    expect(Buffer.isBuffer(outcome.photo.renditions[480].bytes)).toBe(true);
    expect((await sharp(outcome.photo.renditions[480].bytes).metadata()).width).toBe(480);
  });

  test('that is none is refused, and the next one is cleaned', async () => {
    const pool = workers();
    const file = svg();
    expect(await cleanAny(pool, { photo: file, covers: [] })).toEqual({
      ok: false,
      refusal: 'photo-type',
    });
    expect((await cleanAny(pool, { photo: await photo(), covers: [] })).ok).toBe(true);
  });

  test('waits its turn when there are more than children', async () => {
    const pool = workers({ count: 2 });
    const file = await photo({ width: 800, height: 600 });
    const jobs = Array.from({ length: 12 }, () => cleanAny(pool, { photo: file, covers: [] }));
    expect((await Promise.all(jobs)).every(({ ok }) => ok)).toBe(true);
  });

  test('that is heavy is cleaned in a child that is replaced', async () => {
    const pool = workers();
    const flat = { width: 6000, height: 6000, channels: 3 as const, background: '#777777' };
    const heavy = await sharp({ create: flat }).jpeg({ progressive: true }).toBuffer();
    await cleanAny(pool, { photo: svg(), covers: [] });
    const before = childrenOf('self');
    const jobs = [heavy, heavy].map((file) => cleanAny(pool, { photo: file, covers: [] }));
    expect((await Promise.all(jobs)).every(({ ok }) => ok)).toBe(true);
    await cleanAny(pool, { photo: svg(), covers: [] });
    expect(childrenOf('self')).toHaveLength(1);
    expect(childrenOf('self')).not.toEqual(before);
  });
});

describe('a child', () => {
  test('that is killed costs only its own photo', async () => {
    const pool = workers({ count: 2 });
    await cleanAny(pool, { photo: svg(), covers: [] });
    await vi.waitFor(() => expect(childrenOf('self')).toHaveLength(2));
    await delay(1500);
    const large = await photo({ width: 6000, height: 4500 });
    const jobs = [large, large, large].map((file) => cleanAny(pool, { photo: file, covers: [] }));
    const settled = Promise.allSettled(jobs);
    await delay(150);
    const [victim] = childrenOf('self');
    if (victim) process.kill(victim, 'SIGKILL');
    const results = await settled;
    const lost = results.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject([{ reason: expect.any(WorkerLost) }]);
    expect((await cleanAny(pool, { photo: large, covers: [] })).ok).toBe(true);
  });

  test('that overruns its time is killed and replaced', async () => {
    const pool = workers({ timeoutMs: 1 });
    const file = await photo({ width: 4000, height: 3000 });
    await expect(cleanAny(pool, { photo: file, covers: [] })).rejects.toThrow(WorkerLost);
    await expect(cleanAny(pool, { photo: file, covers: [] })).rejects.toThrow(WorkerLost);
  });

  test('that takes more memory than its job may is killed, and the next one works', async () => {
    const pool = workers({ capsMb: { common: 70, heavy: 520 } });
    const flat = { width: 4000, height: 4000, channels: 4 as const, background: '#777777' };
    const greedy = await sharp({ create: flat }).webp({ lossless: true }).toBuffer();
    const job = { photo: greedy, covers: [] };
    await expect(pool.clean(job, false)).rejects.toThrow(WorkerLost);
    expect(await pool.clean(job, true)).toMatchObject({ ok: true });
  });

  test('knows no secret of ours', async () => {
    process.env.SECRET_KEY = 'not for children';
    const pool = workers();
    await cleanAny(pool, { photo: svg(), covers: [] });
    const environment = readFileSync(`/proc/${childrenOf('self')[0]}/environ`, 'latin1');
    delete process.env.SECRET_KEY;
    expect(environment).toContain('MALLOC_ARENA_MAX=2');
    expect(environment).not.toContain('SECRET_KEY');
  });

  test('ends with its parent, even when that is killed; the parent never loads sharp', async () => {
    const url = new URL('../../src/image/workers.ts', import.meta.url).href;
    const script = `
      const { readFileSync } = await import('node:fs');
      const { openImageWorkers } = await import('${url}');
      const pool = openImageWorkers({ count: 2, timeoutMs: 9999 });
      await pool.clean({ photo: Buffer.alloc(3), covers: [] }, false);
      console.log(readFileSync('/proc/self/maps', 'utf8').includes('libvips'));
    `;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise((resolve) => parent.stdout.once('data', resolve));
    expect(String(said).trim()).toBe('false');
    const children = childrenOf(parent.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(2);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 5000 });
  });
});

describe('renditions', () => {
  test('become AVIF of the same size, and the child is gone afterwards', async () => {
    const pool = workers();
    const outcome = await cleanAny(pool, { photo: await photo(), covers: [] });
    if (!outcome.ok) throw new Error(outcome.refusal);
    const { 480: small, 960: middle, 1920: large } = outcome.photo.renditions;
    const avif = await pool.encodeAvif({ 480: small.bytes, 960: middle.bytes, 1920: large.bytes });
    for (const side of [480, 960, 1920] as const) {
      const { width, height } = outcome.photo.renditions[side];
      expect(avif[side]).toMatchObject({ width, height });
      const metadata = await sharp(avif[side].bytes).metadata();
      expect(metadata).toMatchObject({ mediaType: 'image/avif', width, hasProfile: false });
      expect(avif[side].bytes.length).toBeLessThan(outcome.photo.renditions[side].bytes.length);
    }
    await vi.waitFor(() => expect(childrenOf('self')).toHaveLength(1));
  });

  test('that are none cost nobody else anything', async () => {
    const pool = workers();
    const none = { 480: svg(), 960: svg(), 1920: svg() };
    await expect(pool.encodeAvif(none)).rejects.toThrow(WorkerLost);
    expect((await cleanAny(pool, { photo: await photo(), covers: [] })).ok).toBe(true);
  });
});

describe('stopping what is encoded', () => {
  test('ends it while its process still starts, and all that waits for it', async () => {
    const pool = workers();
    const jpeg = await photo({ width: 1920, height: 1440 });
    const jobs = [1, 2].map(() => pool.encodeAvif({ 480: jpeg, 960: jpeg, 1920: jpeg }));
    const settled = Promise.allSettled(jobs);
    await pool.stopEncoding();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pool.drawRow({ jpegs: [jpeg], widths: [480], height: 360 })).rejects.toThrow(
      WorkerLost,
    );
    expect((await cleanAny(pool, { photo: jpeg, covers: [] })).ok).toBe(true);
  });
});

describe('closing', () => {
  test('rejects what runs and waits, and leaves no child', async () => {
    const pool = workers({ count: 2 });
    const large = await photo({ width: 4000, height: 3000 });
    const jobs = Array.from({ length: 5 }, () => cleanAny(pool, { photo: large, covers: [] }));
    const settled = Promise.allSettled(jobs);
    await delay(100);
    const children = childrenOf('self');
    await pool.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
    expect(children.filter(isAlive)).toEqual([]);
    await expect(cleanAny(pool, { photo: large, covers: [] })).rejects.toThrow(WorkerLost);
  });
});
