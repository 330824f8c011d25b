import type { Area } from '../submission/areas.ts';
import type { Check, PhotoFacts } from '../submission/photo.ts';
import type { PhotoRefusalCode } from '../submission/refusals.ts';
import type { RenditionSide } from '../submission/renditions.ts';
import type { Place } from './exif.ts';
import type { Picture } from './renditions.ts';

export interface CleanJob {
  photo: Buffer;
  /** What is painted solid before anything is made of the picture. */
  covers: Area[];
}

export interface CleanPhoto {
  /** JPEG, long side at most MASTER_SIDE, never enlarged. */
  master: Picture;
  /** JPEGs, never enlarged. */
  renditions: Record<RenditionSide, Picture>;
  facts: PhotoFacts;
  /** All but `place` and `repeat`. */
  checks: Check[];
  /** Where the file says it was taken: for the place check, then to be forgotten. */
  taken: Place | null;
}

export interface CoverJob {
  /** A clean master of our own. */
  master: Buffer;
  areas: Area[];
}

/** The same picture with areas painted solid, and everything that is made of it. */
export interface CoveredPhoto extends Pick<CleanPhoto, 'master' | 'renditions'> {
  facts: Pick<PhotoFacts, 'color' | 'placeholder'>;
}

export type CleanOutcome =
  | { ok: true; photo: CleanPhoto }
  | { ok: false; refusal: PhotoRefusalCode };

/** Asks a child for one thing. A heavy photo is only begun when `heavy` allows it. */
export type Request =
  | { kind: 'clean'; job: CleanJob; heavy: boolean }
  | { kind: 'cover'; job: CoverJob }
  | { kind: 'avif'; jpegs: Record<RenditionSide, Buffer> };

/** What a child says: once `ready`, then one answer to each request. */
export type Answer =
  | { kind: 'ready' }
  | { kind: 'cleaned'; outcome: CleanOutcome }
  /** Not begun: send it again when no other heavy job runs. */
  | { kind: 'heavy' }
  | { kind: 'covered'; photo: CoveredPhoto }
  | { kind: 'avif'; pictures: Record<RenditionSide, Picture> };
