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
  const kept = new Map<string, Kept>();
  const drawing = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  function drop(name: string): void {
    bytes -= kept.get(name)?.jpeg.length ?? 0;
    kept.delete(name);
  }

  function keep(name: string, card: Kept): void {
    drop(name);
    kept.set(name, card);
    bytes += card.jpeg.length;
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) return;
      drop(oldest);
    }
  }

  return {
    /** The card of a name and key, drawn once however many want it; null when too many are drawn. */
    async get(name: string, key: string, draw: () => Promise<Buffer>): Promise<Buffer | null> {
      const known = kept.get(name);
      if (known?.key === key) {
        keep(name, known);
        return known.jpeg;
      }
      drop(name);
      const id = `${name} ${key}`;
      let card = drawing.get(id);
      if (!card) {
        if (drawing.size >= maxDrawing) return null;
        card = draw().finally(() => drawing.delete(id));
        drawing.set(id, card);
      }
      const jpeg = await card;
      keep(name, { key, jpeg });
      return jpeg;
    },

    /** Bytes that are kept. */
    size: () => bytes,
  };
}
