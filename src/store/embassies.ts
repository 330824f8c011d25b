import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Embassy } from '../campaign/embassies.ts';
import { root } from '../root.ts';
import type { Database } from './database.ts';

const file = new URL('prisma/embassies.json', root);

const fileSchema = z.array(
  z.object({
    slug: z.string(),
    kind: z.enum(['embassy', 'consulate-general', 'consulate', 'permanent-mission']),
    name: z.string(),
    city: z.string(),
    country: z.string().length(2),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    precision: z.enum(['building', 'city']),
  }),
);

/**
 * Brings the embassies of `prisma/embassies.json` into the database and returns them by slug.
 * One that left the file stays while photos name it, but is no longer offered.
 */
export async function loadEmbassies(database: Database): Promise<Map<string, Embassy>> {
  const embassies = fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const stored = new Map((await database.read.embassy.findMany()).map((row) => [row.slug, row]));
  const changed = embassies.filter((embassy) => differs(embassy, stored.get(embassy.slug)));
  if (changed.length > 0) {
    await database.write(async (tx) => {
      for (const embassy of changed) {
        const { slug, ...facts } = embassy;
        await tx.embassy.upsert({ where: { slug }, create: embassy, update: facts });
      }
    });
  }
  return new Map(embassies.map((embassy) => [embassy.slug, embassy]));
}

function differs(embassy: Embassy, row: object | undefined): boolean {
  if (!row) return true;
  return Object.entries(embassy).some(([key, value]) => row[key as keyof typeof row] !== value);
}
