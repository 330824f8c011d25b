import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type GeoProjection, geoConicEqualArea, geoNaturalEarth1 } from 'd3-geo';
import type { Embassy } from '../src/campaign/embassies.ts';
import type { Dot, Sheet } from '../src/gallery/map.ts';
import { distance, drawLand, pathOf } from './land.ts';
import { hullOf, type Place, reachOf, spread } from './spread.ts';

const root = new URL('../', import.meta.url);
/** Units around the outermost embassies of a part. */
const MARGIN = 40;
/** Where the map of the world ends: Greenland and Svalbard go on, Antarctica is left out. */
const ENDS = [
  [-168, 66],
  [-20, 78],
  [179, -40],
  [-68, -55],
];

/** From how many units on a line leads from where an embassy is drawn to where it is. */
const ASIDE = 11;

/** Parts of the world where a thumb could not tell the embassies apart, by degrees. */
const PARTS = [
  { name: 'europe', west: -11, east: 40, south: 35.5, north: 62, parallels: [40, 57] },
  { name: 'asia', west: 30, east: 80, south: 18, north: 59, parallels: [25, 48] },
] as const;
type PartName = (typeof PARTS)[number]['name'];

/** Draws the maps of the gallery into `dist/`: what the service needs of them is then plain data. */
export function buildMap(): void {
  const file = new URL('prisma/embassies.json', root);
  const embassies = JSON.parse(readFileSync(file, 'utf8')) as Embassy[];
  const of = (name: PartName) => embassies.filter((each) => partOf(each) === name);
  const sheets: Sheet[] = [world(embassies), ...PARTS.map(({ name }) => cutOut(name, of(name)))];
  mkdirSync(new URL('dist/', root), { recursive: true });
  writeFileSync(new URL('dist/gallery-map.json', root), JSON.stringify(sheets));
}

/** The first part an embassy lies in. */
function partOf({ latitude, longitude }: Embassy): PartName | undefined {
  return PARTS.find(
    ({ west, east, south, north }) =>
      longitude > west && longitude < east && latitude > south && latitude < north,
  )?.name;
}

/** Natural Earth, turned so that it is cut in the Bering Strait; without Antarctica. */
function world(embassies: Embassy[]): Sheet {
  const [width, height] = [1000, 480];
  const projection = clip(
    geoNaturalEarth1()
      .rotate([-11, 0])
      .fitExtent(frame(width, height, 8), { type: 'MultiPoint', coordinates: ENDS }),
    width,
    height,
  );
  return {
    name: 'world',
    width,
    height,
    land: drawLand(projection, '110m', 2.5),
    dots: dotsOf(
      embassies.filter((each) => !partOf(each)),
      projection,
      38,
      75,
    ),
    parts: PARTS.map(({ name }) => {
      const own = embassies.filter((each) => partOf(each) === name);
      const places = own.map((each) => placeOf(each, projection));
      return {
        name,
        around: pathOf(hullOf(places)),
        dots: own.map(({ slug }, index) => ({ slug, ...xy(places[index]) })),
      };
    }),
  };
}

function cutOut(name: PartName, embassies: Embassy[]): Sheet {
  const [width, height] = [600, 600];
  const { west, east, parallels } = PARTS.find((part) => part.name === name) ?? PARTS[0];
  const projection = clip(
    geoConicEqualArea()
      .parallels([...parallels])
      .rotate([-(west + east) / 2, 0])
      .fitExtent(frame(width, height, MARGIN), pointsOf(embassies)),
    width,
    height,
  );
  return {
    name,
    width,
    height,
    land: drawLand(projection, '50m', 3),
    dots: dotsOf(embassies, projection, 36, 45),
    parts: [],
  };
}

function frame(width: number, height: number, margin: number): [Place, Place] {
  return [
    [margin, margin],
    [width - margin, height - margin],
  ];
}

/** A little outside of what is seen, so that no edge of the cut is. */
function clip(projection: GeoProjection, width: number, height: number): GeoProjection {
  return projection.clipExtent(frame(width, height, -10));
}

function pointsOf(embassies: Embassy[]) {
  const coordinates = embassies.map(({ longitude, latitude }) => [longitude, latitude]);
  return { type: 'MultiPoint' as const, coordinates };
}

/** Dots at least `apart` from each other, each to be hit within `reach`. */
function dotsOf(all: Embassy[], projection: GeoProjection, apart: number, reach: number): Dot[] {
  const homes = all.map((each) => placeOf(each, projection));
  const places = spread(homes, apart);
  return all.map(({ slug }, index) => {
    const place = places[index] as Place;
    const others = places.filter((other) => other !== place);
    const ring = reachOf(place, others, reach).map(round);
    const home = homes[index] as Place;
    const far = distance(place, home) > ASIDE;
    return { slug, ...xy(place), reach: pathOf(ring), ...(far && { home }) };
  });
}

function placeOf({ longitude, latitude }: Embassy, projection: GeoProjection): Place {
  return round(projection([longitude, latitude]) ?? [0, 0]);
}

function round([x, y]: Place): Place {
  return [Math.round(x), Math.round(y)];
}

function xy([x, y]: Place = [0, 0]): { x: number; y: number } {
  return { x, y };
}
