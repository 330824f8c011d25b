import type { Area } from './areas.ts';

/** How much of a photo becomes public, from most to least. */
export const EXPOSURES = ['shown', 'covered', 'counted'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** A supporter may lower the exposure at any time and never raise it: others may be in the picture. */
export function isLowerExposure(from: Exposure, to: Exposure): boolean {
  return EXPOSURES.indexOf(to) > EXPOSURES.indexOf(from);
}

/** Whether a photo must be covered before it may be approved. */
export function needsCover({ exposure, covers }: { exposure: Exposure; covers: Area[] }): boolean {
  return exposure === 'covered' && covers.length === 0;
}
