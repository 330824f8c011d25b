import type { Transaction } from './engine.ts';

/** In a place that is being moved to. */
export const MOVING = 'moving';
/** In a database that was moved elsewhere. */
export const LEFT_DATABASE = 'left-database';
/** In the database that goes on: where its photos lay before they were moved. */
export const LEFT_PHOTOS = 'left-photos';

/** Settings that say how a database stands to a move; they belong to the place, not to the installation. */
export const MARKS: readonly string[] = [MOVING, LEFT_DATABASE, LEFT_PHOTOS];

/** The values of those that are set. */
export async function readMarks(read: Transaction): Promise<Map<string, string>> {
  const rows = await read.setting.findMany({ where: { key: { in: [...MARKS] } } });
  return new Map(rows.map(({ key, value }) => [key, value]));
}

export async function setMark(tx: Transaction, key: string, value: string): Promise<void> {
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

export async function dropMarks(tx: Transaction, ...keys: string[]): Promise<number> {
  return (await tx.setting.deleteMany({ where: { key: { in: keys } } })).count;
}
