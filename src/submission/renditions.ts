/** Long side in pixels of the sealed master every other picture is made from. */
export const MASTER_SIDE = 3000;

/** Long sides in pixels of the pictures that are made for people, smallest first. */
export const RENDITION_SIDES = [480, 960, 1920] as const;
export type RenditionSide = (typeof RENDITION_SIDES)[number];

export type RenditionType = 'image/jpeg' | 'image/avif';

/** A published file of a photo, as the gallery lists it. `file` is its name below `/photos/{id}/`. */
export interface Rendition {
  file: string;
  type: RenditionType;
  width: number;
  height: number;
}

/** The one name a rendition has, on disk and in its address. */
export function renditionFile(side: RenditionSide, type: RenditionType): string {
  return `${side}.${type === 'image/avif' ? 'avif' : 'jpg'}`;
}
