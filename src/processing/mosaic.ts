import { createHash } from 'node:crypto';
import { WorkerLost } from '../image/workers.ts';
import type { Tile } from '../store/mosaic.ts';
import { MOST_TILES, type PlannedRow, planMosaic } from './mosaic-plan.ts';
import type { Tools } from './tools.ts';

/**
 * Keeps the mosaic of all public photos. Each has files of its own name; the row that names them
 * is emptied by the transaction in which a photo leaves the public, and what no row names goes.
 */
export function openMosaic(tools: Tools) {
  const { store, photos, images } = tools;
  /** The mosaic whose files are being written: no row names it yet. */
  let writing: string | null = null;
  let stopping = false;

  async function make(): Promise<void> {
    if ((await store.submissions.lineLength()) > 0) return;
    const tiles = await store.mosaics.tiles(MOST_TILES);
    const file = nameOf(tiles);
    if (tiles.length === 0 || (await store.mosaics.current())?.file === file) return;
    const rows = await drawRows(planMosaic(tiles));
    if (!rows) return;
    const { full, small } = await images.stackRows(rows);
    writing = file;
    try {
      await photos.mosaics.write(`${file}.jpg`, full.bytes);
      await photos.mosaics.write(`${file}-small.jpg`, small.bytes);
      const { width, height } = full;
      await store.mosaics.finish({ file, photos: tiles.length, width, height }, tiles);
    } finally {
      writing = null;
    }
  }

  /** Null when we stop, or a photo is taken back meanwhile. */
  async function drawRows(plan: PlannedRow[]): Promise<Buffer[] | null> {
    const rows: Buffer[] = [];
    for (const { tiles, widths, height } of plan) {
      const opened = await Promise.all(tiles.map(({ id }) => photos.open(id, '480')));
      const jpegs = opened.filter((jpeg) => jpeg !== null);
      if (stopping || jpegs.length < tiles.length) return null;
      rows.push(await images.drawRow({ jpegs, widths, height }));
    }
    return rows;
  }

  return {
    /** Makes a mosaic when there are other photos than on the one there is. */
    async make(): Promise<void> {
      try {
        await make();
      } catch (error) {
        if (!(stopping && error instanceof WorkerLost)) throw error;
      }
    },

    /** Removes files no row names: of a mosaic with a photo taken back, or that a crash left. */
    async clear(): Promise<boolean> {
      const names = await photos.mosaics.names();
      if (names.length === 0) return false;
      // Asked in this order, no file is overlooked that is being named just now.
      const busy = writing;
      const named = (await store.mosaics.current())?.file;
      for (const name of names) {
        const file = name.replace(/(-small)?\.jpg$/, '');
        if (file !== busy && file !== named) await photos.mosaics.remove(name);
      }
      return false;
    },

    stop(): void {
      stopping = true;
    },
  };
}

/** The same for the same photos as they are now. */
function nameOf(tiles: Tile[]): string {
  const list = tiles.map(({ id, version }) => `${id} ${version}`).join('\n');
  return createHash('sha256').update(list).digest('hex').slice(0, 16);
}
