/** How much of a photo becomes public, from most to least. */
export const EXPOSURES = ['shown', 'covered', 'counted'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** A supporter may lower the exposure at any time and never raise it: others may be in the picture. */
export function isLowerExposure(from: Exposure, to: Exposure): boolean {
  return EXPOSURES.indexOf(to) > EXPOSURES.indexOf(from);
}

/**
 * Whether somebody has to say that every face is covered before the photo may be approved. Areas
 * alone prove nothing: one face may be left, and people seen from behind need none.
 */
export function needsCover({ exposure }: { exposure: Exposure }): boolean {
  return exposure === 'covered';
}
