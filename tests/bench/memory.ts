import { setTimeout as sleep } from 'node:timers/promises';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { startService } from '../support/service.ts';
import type { Line } from './measure.ts';
import { memoryMb } from './processes.ts';

const CLIENTS = 200;
const AIM_MB = 700;
const SAMPLE_MS = 50;
/** The photos that were put off are cleaned, the peak may come then. */
const AFTERWARDS_MS = 10_000;

/** Memory of all processes while 200 clients send a photo of 4 MB each at once. */
export async function measureMemory(): Promise<Line[]> {
  const picture = await photo({ width: 4000, height: 3000, grain: true });
  const service = await startService({ LOG_LEVEL: 'error' });
  let peak = 0;
  const idle = memoryMb(service.pid);
  const sampler = setInterval(() => {
    peak = Math.max(peak, memoryMb(service.pid));
  }, SAMPLE_MS);
  try {
    const began = performance.now();
    const sent = Array.from({ length: CLIENTS }, async () => {
      try {
        const response = await sendPhoto(service, picture);
        await response.arrayBuffer();
        return String(response.status);
      } catch (error) {
        return String(((error as Error).cause as NodeJS.ErrnoException)?.code ?? error);
      }
    });
    const counts = new Map<string, number>();
    for (const status of await Promise.all(sent)) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    const answered = (performance.now() - began) / 1000;
    await sleep(AFTERWARDS_MS);
    const statuses = [...counts].sort().map(([status, count]) => `${count} x ${status}`);
    return [
      { what: 'memory when idle, MB', figure: idle.toFixed(0) },
      {
        what: `peak memory, ${CLIENTS} clients with ${(picture.length / 1e6).toFixed(1)} MB, MB`,
        figure: peak.toFixed(0),
        aim: `<= ${AIM_MB}`,
        reached: peak <= AIM_MB,
      },
      { what: 'answers', figure: statuses.join(', ') },
      { what: 'all answered after, s', figure: answered.toFixed(1) },
    ];
  } finally {
    clearInterval(sampler);
    await service.dispose();
  }
}
