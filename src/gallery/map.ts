import { readFileSync } from 'node:fs';
import { root } from '../root.ts';

/** A map of `dist/gallery-map.json`, drawn by `build/map.ts`; all numbers are units of its view box. */
export interface Sheet {
  name: 'world' | 'europe' | 'asia';
  width: number;
  height: number;
  /** The land, as the data of a path. */
  land: string;
  dots: Dot[];
  /** Parts that have a sheet of their own, for their embassies would touch each other here. */
  parts: Part[];
}

/** An embassy's place on the sheet it is a link on. */
export interface Dot {
  slug: string;
  /** Where it is drawn: a little aside where many stand close together. */
  x: number;
  y: number;
  /** Where it is, if that is somewhere else. */
  home?: [x: number, y: number];
  /** What is nearer to it than to any other, within a thumb's reach: the data of a path. */
  reach: string;
}

interface Part {
  name: 'europe' | 'asia';
  /** The outline around its embassies, as the data of a path. */
  around: string;
  dots: Pick<Dot, 'slug' | 'x' | 'y'>[];
}

const file = new URL('dist/gallery-map.json', root);
let sheets: Sheet[] | undefined;

/** The world and the crowded parts of it. Throws where nothing was built. */
export function readSheets(): Sheet[] {
  sheets ??= JSON.parse(readFileSync(file, 'utf8')) as Sheet[];
  return sheets;
}

/** From how many photos on a disc is drawn in the next size. */
const SIZES = [1, 2, 5, 20, 100];

/** The size a number of photos is drawn in, from 0 (none) to 5. */
export function sizeOf(count: number): number {
  return SIZES.filter((least) => count >= least).length;
}
