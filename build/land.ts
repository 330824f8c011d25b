import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type GeoContext, type GeoProjection, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

type Land = Topology<{ land: GeometryCollection }>;
type Place = [x: number, y: number];

const require = createRequire(import.meta.url);

/**
 * The world's land as the data of a path: whole units, without points closer together than `step`
 * and without islands not much larger than that. Natural Earth (public domain) in 1:110 or 1:50 million;
 * coasts only, for a map of borders takes sides.
 */
export function drawLand(projection: GeoProjection, detail: '110m' | '50m', step: number): string {
  const file = require.resolve(`world-atlas/land-${detail}.json`);
  const world = JSON.parse(readFileSync(file, 'utf8')) as Land;
  const rings: Place[][] = [];
  geoPath(projection, collect(rings))(feature(world, world.objects.land));
  return rings
    .map((ring) => thin(ring, step))
    .filter((ring) => ring.length > 3 && extent(ring) > 2 * step)
    .map(pathOf)
    .join('');
}

/** What d3-geo draws on: takes down the rings. */
function collect(rings: Place[][]): GeoContext {
  const draw = (x: number, y: number) => void rings.at(-1)?.push([Math.round(x), Math.round(y)]);
  return {
    beginPath() {},
    moveTo(x, y) {
      rings.push([]);
      draw(x, y);
    },
    lineTo: draw,
    arc() {},
    closePath() {},
  };
}

function thin(ring: Place[], step: number): Place[] {
  const kept: Place[] = [];
  for (const place of ring) {
    const last = kept.at(-1);
    if (!last || distance(last, place) >= step) kept.push(place);
  }
  return kept;
}

function extent(ring: Place[]): number {
  const side = (values: number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(side(ring.map(([x]) => x)), side(ring.map(([, y]) => y)));
}

export function distance([x1, y1]: Place, [x2, y2]: Place): number {
  return Math.hypot(x1 - x2, y1 - y2);
}

/** A closed line in relative steps, which are shorter to write. */
export function pathOf(ring: Place[]): string {
  let [x, y] = [0, 0];
  const steps = ring.map(([toX, toY]) => {
    const written = `${toX - x} ${toY - y}`.replace(' -', '-');
    [x, y] = [toX, toY];
    return written;
  });
  return `M${steps[0]}l${steps.slice(1).join(' ').replaceAll(' -', '-')}z`;
}
