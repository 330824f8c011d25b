/** A mission of Azerbaijan a photo can be taken in front of. */
export interface Embassy {
  slug: string;
  kind: 'embassy' | 'consulate-general' | 'consulate' | 'permanent-mission';
  name: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  latitude: number;
  longitude: number;
  /** How well the coordinates are known: the building itself or only the middle of the city. */
  precision: 'building' | 'city';
}

interface Position {
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS_KM = 6371;
/** A photo "in front of" may stand across the square; a city's embassies lie in its outskirts too. */
const NEAR_KM = { building: 1, city: 25 } as const;

/** Whether a photo taken at `position` can have been taken in front of `embassy`. */
export function isNear(embassy: Embassy, position: Position): boolean {
  return distanceKm(embassy, position) <= NEAR_KM[embassy.precision];
}

/** Great-circle distance in kilometres (haversine). */
export function distanceKm(a: Position, b: Position): number {
  const [lat1, lat2] = [radians(a.latitude), radians(b.latitude)];
  const dLat = lat2 - lat1;
  const dLon = radians(b.longitude - a.longitude);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
