import type { Tile } from '../store/mosaic.ts';

/** Tiles of the largest mosaic: 75 by 50, so that each is as large as a stamp in print. */
export const MOST_TILES = 3_750;
/** Pixels. */
const WIDEST = 6_000;
const LARGEST_TILE = 480;
/** Wide to high, as a poster lies. */
const SHAPE = 1.5;
/** Difference of the strongest and weakest band, of 255, below which an average is grey. */
const GREY = 14;

export interface PlannedRow {
  tiles: Tile[];
  /** Pixels. */
  widths: number[];
  height: number;
}

/**
 * Lays tiles in rows from red to violet, dark greys before and light greys behind. All rows are
 * equally wide: where one has a tile less, its tiles are a little wider.
 */
export function planMosaic(tiles: Tile[]): PlannedRow[] {
  const ordered = inRainbowOrder(tiles);
  const columns = Math.ceil(Math.sqrt(tiles.length * SHAPE));
  const rows = Math.ceil(tiles.length / columns);
  const side = Math.min(LARGEST_TILE, Math.floor(WIDEST / columns));
  return Array.from({ length: rows }, (_, row) => {
    const own = ordered.slice(...stretch(row, rows, ordered.length));
    const widths = own.map((_tile, at) => {
      const [from, to] = stretch(at, own.length, columns * side);
      return to - from;
    });
    return { tiles: own, widths, height: side };
  });
}

/** The `at`-th of `parts` parts of `whole`, as even as whole numbers allow. */
function stretch(at: number, parts: number, whole: number): [from: number, to: number] {
  return [Math.floor((at * whole) / parts), Math.floor(((at + 1) * whole) / parts)];
}

/** Red, orange, yellow, green, blue, violet; greys by their lightness at both ends. */
export function inRainbowOrder(tiles: Tile[]): Tile[] {
  const placed = tiles.map((tile) => ({ tile, place: placeOf(tile.color) }));
  return placed.sort((a, b) => a.place - b.place).map(({ tile }) => tile);
}

/** Below 0 for dark greys, 0 to 360 for colours, above for light greys. */
function placeOf(color: string): number {
  const value = Number.parseInt(color.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  const strongest = Math.max(red, green, blue);
  const chroma = strongest - Math.min(red, green, blue);
  if (chroma < GREY) return strongest < 128 ? strongest - 256 : strongest + 360;
  // Pinkish reds lie behind violet on the circle; on a flag red comes first.
  return (hueOf(red, green, blue, strongest, chroma) + 15) % 360;
}

function hueOf(red: number, green: number, blue: number, strongest: number, chroma: number) {
  if (strongest === red) return (60 * ((green - blue) / chroma) + 360) % 360;
  if (strongest === green) return 60 * ((blue - red) / chroma) + 120;
  return 60 * ((red - green) / chroma) + 240;
}
