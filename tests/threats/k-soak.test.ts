import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { familyOf, memoryMb } from '../bench/processes.ts';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { startService } from '../support/service.ts';

const MINUTES = Number(process.env.MINUTES ?? 20);
const MINUTE_MS = 60_000;
/** Of twenty uploads one is hostile. */
const HOSTILE_EVERY = 20;
/** Noise of the garbage collector: a leak of a kilobyte per upload would be seen beyond it. */
const GROWTH = 1.05;

interface Sample {
  mb: number;
  descriptors: number;
}

/** The picture processes come and go, so all of them are counted together. */
function sample(pid: number): Sample {
  const files = familyOf(pid).map((each) => readdirSync(`/proc/${each.pid}/fd`).length);
  return { mb: memoryMb(pid), descriptors: files.reduce((sum, each) => sum + each, 0) };
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

it.runIf(process.env.LONG)(
  `K5 memory and descriptors stay level over ${MINUTES} minutes of uploads, some of them hostile (long form)`,
  async () => {
    const service = await startService({ LOG_LEVEL: 'error' });
    const samples: Sample[] = [];
    const { pid } = service;
    const end = Date.now() + MINUTES * MINUTE_MS;
    for (let sent = 0; Date.now() < end; sent += 1) {
      const began = Date.now();
      const honest = await photo({ seed: sent, width: 1280, height: 960 });
      const isHostile = sent % HOSTILE_EVERY === 0;
      const bytes = isHostile ? honest.subarray(0, honest.length >> 1) : honest;
      const { status } = await sendPhoto(service, bytes);
      // 202 is the answer of a machine that has much else to do.
      expect([isHostile ? 422 : 201, 202]).toContain(status);
      samples.push(sample(pid));
      await sleep(Math.max(0, 1_000 - (Date.now() - began)));
    }
    expect(service.pid).toBe(pid);
    await service.dispose();
    const [before, after] = [0.5, 0.75].map((from) =>
      samples.slice(samples.length * from, samples.length * (from + 0.25)),
    );
    const level = (part: Sample[] | undefined, of: keyof Sample) =>
      median((part ?? []).map((each) => each[of]));
    const [mb, mbThen] = [level(before, 'mb'), level(after, 'mb')];
    const [open, openThen] = [level(before, 'descriptors'), level(after, 'descriptors')];
    console.info(
      `${samples.length} uploads: ${mb} then ${mbThen} MB, ${open} then ${openThen} files`,
    );
    expect(mbThen).toBeLessThan(mb * GROWTH);
    expect(openThen).toBeLessThan(open * GROWTH);
  },
  (MINUTES + 5) * MINUTE_MS,
);
