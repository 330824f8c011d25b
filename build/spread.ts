import { distance } from './land.ts';

export type Place = [x: number, y: number];

const ROUNDS = 400;

/**
 * Moves places apart until none is closer than `apart` to another, each no farther from where it
 * is than that takes. Steps are halved between the two and pulled back home a little each round.
 */
export function spread(homes: Place[], apart: number): Place[] {
  // Two in one house stand side by side, not upon each other.
  const places = homes.map(([x, y], index): Place => [x + index * 1e-3, y]);
  for (let round = 0; round < ROUNDS; round++) {
    const pull = 0.02 * (1 - round / ROUNDS);
    for (const [index, place] of places.entries()) {
      towards(place, homes[index] as Place, pull);
      for (const other of places.slice(index + 1)) part(place, other, apart);
    }
  }
  return places.map(([x, y]): Place => [Math.round(x), Math.round(y)]);
}

function towards(place: Place, home: Place, pull: number): void {
  place[0] += (home[0] - place[0]) * pull;
  place[1] += (home[1] - place[1]) * pull;
}

function part(a: Place, b: Place, apart: number): void {
  const gap = Math.max(distance(a, b), 1e-6);
  if (gap >= apart) return;
  const half = (apart - gap) / 2 / gap;
  const [dx, dy] = [(b[0] - a[0]) * half, (b[1] - a[1]) * half];
  a[0] -= dx;
  a[1] -= dy;
  b[0] += dx;
  b[1] += dy;
}

const CORNERS = 16;

/** The part of a disc of `radius` around a place that is nearer to it than to any of the others. */
export function reachOf(place: Place, others: Place[], radius: number): Place[] {
  const disc = Array.from({ length: CORNERS }, (_, corner): Place => {
    const angle = (2 * Math.PI * corner) / CORNERS;
    return [place[0] + radius * Math.cos(angle), place[1] + radius * Math.sin(angle)];
  });
  return others.reduce((ring, other) => nearer(ring, place, other), disc);
}

/** Cuts off of a ring what is nearer to `other` (Sutherland-Hodgman on the line between). */
function nearer(ring: Place[], place: Place, other: Place): Place[] {
  const [mx, my] = [(place[0] + other[0]) / 2, (place[1] + other[1]) / 2];
  const inside = ([x, y]: Place) =>
    (x - mx) * (place[0] - other[0]) + (y - my) * (place[1] - other[1]);
  return ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] as Place;
    const [a, b] = [inside(from), inside(to)];
    const kept: Place[] = a >= 0 ? [from] : [];
    if (a >= 0 === b >= 0) return kept;
    const at = a / (a - b);
    return [...kept, [from[0] + (to[0] - from[0]) * at, from[1] + (to[1] - from[1]) * at]];
  });
}

/** The convex hull of places (Andrew's monotone chain). */
export function hullOf(places: Place[]): Place[] {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const side = (ordered: Place[]) => {
    const chain: Place[] = [];
    for (const place of ordered) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), place) <= 0) chain.pop();
      chain.push(place);
    }
    return chain.slice(0, -1);
  };
  return [...side(sorted), ...side(sorted.reverse())];
}

function turn(a: Place = [0, 0], b: Place = [0, 0], c: Place): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
