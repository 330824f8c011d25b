/** How much of a photo becomes public, from most to least. */
export const EXPOSURES = ['shown', 'covered', 'counted'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** A supporter may lower the exposure at any time and never raise it: others may be in the picture. */
export function isLowerExposure(from: Exposure, to: Exposure): boolean {
  return EXPOSURES.indexOf(to) > EXPOSURES.indexOf(from);
}
