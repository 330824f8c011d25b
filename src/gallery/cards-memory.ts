import { openBounded } from '../web/bounded.ts';

/** Bytes kept at most, about two hundred cards; those asked for longest ago go first. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Cards that are drawn or wait to be. Each takes a fifth of a second of spare time. */
const MAX_DRAWING = 8;

interface Kept {
  key: string;
  jpeg: Buffer;
}

/**
 * Keeps drawn cards, one by each name, as long as they are of the same photos (`key`). However
 * many ask for however many cards at once, memory and work stay small.
 */
export function openCardMemory(maxBytes = MAX_BYTES, maxDrawing = MAX_DRAWING) {
  const kept = openBounded<Kept>(maxBytes, ({ jpeg }) => jpeg.length);
  const drawing = new Map<string, Promise<Buffer>>();

  return {
    /** The card of a name and key, drawn once however many want it; null when too many are drawn. */
    async get(name: string, key: string, draw: () => Promise<Buffer>): Promise<Buffer | null> {
      const known = kept.get(name);
      if (known?.key === key) {
        kept.set(name, known);
        return known.jpeg;
      }
      kept.drop(name);
      const id = `${name} ${key}`;
      let card = drawing.get(id);
      if (!card) {
        if (drawing.size >= maxDrawing) return null;
        card = draw().finally(() => drawing.delete(id));
        drawing.set(id, card);
      }
      const jpeg = await card;
      kept.set(name, { key, jpeg });
      return jpeg;
    },

    /** Bytes that are kept. */
    size: kept.bytes,
  };
}
