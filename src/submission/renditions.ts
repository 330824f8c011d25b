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

/**
 * The picture a shared link is shown with, in the pixels social networks ask for. It is published
 * and listed with a photo's renditions, but is none: words stand on it.
 */
export const CARD = {
  file: 'card.jpg',
  type: 'image/jpeg',
  width: 1200,
  height: 630,
} as const satisfies Rendition;

/** The one name a rendition has, on disk and in its address. */
export function renditionFile(side: RenditionSide, type: RenditionType): string {
  return `${side}.${type === 'image/avif' ? 'avif' : 'jpg'}`;
}

/** What a published file is, by its name. */
export function typeOfFile(file: string): RenditionType {
  return file.endsWith('.avif') ? 'image/avif' : 'image/jpeg';
}

/** Pictures of the photo alone. */
export function imagesOf(published: readonly Rendition[] | null): Rendition[] {
  return (published ?? []).filter(({ file }) => file !== CARD.file);
}

/** Whether a photo has its card already. */
export function hasCard(published: readonly Rendition[] | null): boolean {
  return (published ?? []).some(({ file }) => file === CARD.file);
}
