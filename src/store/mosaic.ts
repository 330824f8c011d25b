import type { KeptFacts } from '../submission/photo.ts';
import type { Database, Transaction } from './database.ts';

/** The picture made of all public photos: the name of its files, and what it shows. */
export interface Mosaic {
  file: string;
  photos: number;
  /** Pixels. */
  width: number;
  height: number;
}

/** A photo as a mosaic shows it: with another version it may look otherwise. */
export interface Tile {
  id: string;
  version: number;
  /** Average colour, `#rrggbb`. */
  color: string;
}

export interface Mosaics {
  /** The mosaic there is; null also when a photo of it has left the public. */
  current(): Promise<Mosaic | null>;
  /** At most `limit` public photos. Their ids are random, so the first by id are an even choice. */
  tiles(limit: number): Promise<Tile[]>;
  /** Its files are there. False, and no mosaic, when one of its photos has changed meanwhile. */
  finish(mosaic: Mosaic, tiles: Tile[]): Promise<boolean>;
}

const KEY = 'mosaic';
const NONE = '';
/** Databases take so many values in one question. */
const BATCH = 500;

/**
 * A photo leaves the public, and the mosaic with it, in the same transaction. Both write the same
 * row, so that neither overlooks the other on any database.
 */
export async function dropMosaic(tx: Transaction): Promise<void> {
  await put(tx, NONE);
}

export function openMosaics({ read, write }: Database): Mosaics {
  return {
    async current() {
      const row = await read.setting.findUnique({ where: { key: KEY } });
      return row && row.value !== NONE ? (JSON.parse(row.value) as Mosaic) : null;
    },

    async tiles(limit) {
      const rows = await read.submission.findMany({
        where: { pictureMonth: { not: null } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, version: true, facts: true },
      });
      return rows.map(({ id, version, facts }) => ({
        id,
        version,
        color: (facts as unknown as KeptFacts | null)?.color ?? '#808080',
      }));
    },

    finish: (mosaic, tiles) =>
      write(async (tx) => {
        await put(tx, JSON.stringify(mosaic));
        const unchanged = await areUnchanged(tx, tiles);
        if (!unchanged) await put(tx, NONE);
        return unchanged;
      }),
  };
}

async function put(tx: Transaction, value: string): Promise<void> {
  await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } });
}

async function areUnchanged(tx: Transaction, tiles: Tile[]): Promise<boolean> {
  for (let at = 0; at < tiles.length; at += BATCH) {
    const versions = new Map(tiles.slice(at, at + BATCH).map(({ id, version }) => [id, version]));
    const rows = await tx.submission.findMany({
      where: { id: { in: [...versions.keys()] }, pictureMonth: { not: null } },
      select: { id: true, version: true },
    });
    const same = rows.filter(({ id, version }) => versions.get(id) === version);
    if (same.length < versions.size) return false;
  }
  return true;
}
