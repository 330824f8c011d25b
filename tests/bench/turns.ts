import { type Database, openDatabase } from '../../src/store/database.ts';
import type { Line } from './measure.ts';

const MS = 4_000;

/** How many writing transactions PostgreSQL lets take their turn in a second, for 1, 2 and 3 that write at once. */
export async function measureTurns(url: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const count of [1, 2, 3]) {
    const writers = await Promise.all(Array.from({ length: count }, () => openDatabase(url)));
    const done = await Promise.all(writers.map((writer, at) => write(writer, `bench-${at}`)));
    const rate = (1000 * done.reduce((sum, each) => sum + each, 0)) / MS;
    lines.push({ what: `writing transactions/s, ${count} at once`, figure: rate.toFixed(0) });
    for (const writer of writers) await writer.close();
  }
  return lines;
}

async function write({ write }: Database, key: string): Promise<number> {
  const end = performance.now() + MS;
  let done = 0;
  for (; performance.now() < end; done += 1) {
    const value = String(done);
    const row = { where: { key }, create: { key, value }, update: { value } };
    await write((tx) => tx.setting.upsert(row));
  }
  return done;
}
