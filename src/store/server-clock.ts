import type { PrismaClient } from './generated/client.ts';

const LOOK_MS = 60_000;
const ASK = 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms';

/**
 * The time of the database server, for processes whose own clocks differ: leases and due dates of
 * one are read by all. Asked once a minute; in between the process counts itself, whatever happens
 * to its clock.
 */
export async function followServer(read: PrismaClient): Promise<() => Date> {
  let ahead = 0;
  async function look(): Promise<void> {
    const asked = performance.now();
    const [answer] = await read.$queryRawUnsafe<{ ms: number }[]>(ASK);
    const answered = performance.now();
    if (answer) ahead = answer.ms - (asked + answered) / 2;
  }
  await look();
  setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return () => new Date(ahead + performance.now());
}
