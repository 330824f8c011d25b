import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { distanceKm, type Embassy, isNear } from '../../src/campaign/embassies.ts';

const file = new URL('../../prisma/embassies.json', import.meta.url);
const embassies: Embassy[] = JSON.parse(readFileSync(file, 'utf8'));
const vienna = { latitude: 48.2082, longitude: 16.3738 };

describe('distance', () => {
  it('follows the globe', () => {
    const london = { latitude: 51.5074, longitude: -0.1278 };
    expect(distanceKm(vienna, london)).toBeCloseTo(1236, -1);
    expect(distanceKm(vienna, vienna)).toBe(0);
  });

  it('is short across the date line', () => {
    const [west, east] = [179.9, -179.9].map((longitude) => ({ latitude: 0, longitude }));
    expect(distanceKm(west ?? vienna, east ?? vienna)).toBeCloseTo(22.2, 0);
  });
});

describe('near', () => {
  const embassy = (precision: Embassy['precision']) => ({ ...vienna, precision }) as Embassy;
  const north = (km: number) => ({ ...vienna, latitude: vienna.latitude + km / 111.2 });

  it('is a kilometre from a known building, and a city from its middle', () => {
    expect(isNear(embassy('building'), north(0.9))).toBe(true);
    expect(isNear(embassy('building'), north(1.1))).toBe(false);
    expect(isNear(embassy('city'), north(24))).toBe(true);
    expect(isNear(embassy('city'), north(26))).toBe(false);
  });
});

it('ships embassies with slugs that are unique and fit into addresses', () => {
  expect(embassies.length).toBeGreaterThan(50);
  expect(new Set(embassies.map(({ slug }) => slug)).size).toBe(embassies.length);
  for (const { slug } of embassies) expect(slug).toMatch(/^[a-z0-9-]+$/);
});
