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
  /** Fingerprints of the picture mirrored (first) and turned: to find repeats, then to be forgotten. */
  turned: string[];
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

/** What is shown of a shared link. Texts are strangers': nothing in them is markup. */
export interface CardJob {
  /** JPEGs of our own: one or four are shown, a drawn flag in place of none. */
  photos: Buffer[];
  slogan: string;
  title: string;
  /** Stands for a title in letters our font does not have. */
  titleElse: string;
  line: string;
}

/** One row of a mosaic. */
export interface MosaicRowJob {
  /** JPEGs of our own, from left to right. */
  jpegs: Buffer[];
  /** Pixels of each tile. */
  widths: number[];
  height: number;
}

/** A mosaic for print, and one for a page. JPEG. */
export interface StackedMosaic {
  full: Picture;
  small: Picture;
}

export type CleanOutcome =
  | { ok: true; photo: CleanPhoto }
  | { ok: false; refusal: PhotoRefusalCode };

/** What the rest of the service may ask for; `WorkerLost` is in `child.ts`. */
export interface ImageWorkers {
  /**
   * Cleans a photo, or says why there is no clean picture of it. One that costs much memory is
   * `heavy`, and not begun, unless it may be: then it is cleaned while no other heavy one is.
   * @throws WorkerLost when the child crashed, was killed or overran its time: ask again.
   */
  clean(job: CleanJob, mayBeHeavy: boolean): Promise<CleanOutcome | 'heavy'>;
  /**
   * Paints areas into a clean master and makes everything else of it anew, before photos that
   * wait for cleaning: a moderator looks on.
   * @throws WorkerLost as `clean` does, also for a master that does not decode.
   */
  cover(job: CoverJob): Promise<CoveredPhoto>;
  /**
   * Encodes renditions as AVIF: in idle time, at low priority, about a second for all three.
   * @throws WorkerLost as `clean` does.
   */
  encodeAvif(jpegs: Record<RenditionSide, Buffer>): Promise<Record<RenditionSide, Picture>>;
  /**
   * Draws what is shown of a shared link, at low priority: a fifth of a second, and a start.
   * @throws WorkerLost as `clean` does.
   */
  drawCard(job: CardJob): Promise<Buffer>;
  /**
   * Draws one row of a mosaic, as JPEG, in idle time: half a second.
   * @throws WorkerLost as `clean` does.
   */
  drawRow(job: MosaicRowJob): Promise<Buffer>;
  /**
   * Puts the rows of a mosaic below each other, in idle time: a few seconds.
   * @throws WorkerLost as `clean` does.
   */
  stackRows(rows: Buffer[]): Promise<StackedMosaic>;
  /** Starts the processes that clean, so that the first photo does not wait for them. */
  warmUp(): void;
  /** Breaks off what is encoded or drawn, and begins no more of it: a stop does not wait for it. */
  stopEncoding(): Promise<void>;
  /** Ends the children; whatever waits or runs is rejected with WorkerLost. */
  close(): Promise<void>;
}

/** Asks a child for one thing. A heavy photo is only begun when `heavy` allows it. */
export type Request =
  | { kind: 'clean'; job: CleanJob; heavy: boolean }
  | { kind: 'cover'; job: CoverJob }
  | { kind: 'avif'; jpegs: Record<RenditionSide, Buffer> }
  | { kind: 'card'; job: CardJob }
  | { kind: 'row'; job: MosaicRowJob }
  | { kind: 'stack'; rows: Buffer[] };

/** Where a child reads the photo of a `clean` message. */
export const PHOTOS_FD = 4;

/** A request as it is sent: of a photo to be cleaned only its length, the bytes follow elsewhere. */
export type Message =
  | Exclude<Request, { kind: 'clean' }>
  | { kind: 'clean'; job: { bytes: number; covers: Area[] }; heavy: boolean };

/** What a child says: once `ready`, then one answer to each request. */
export type Answer =
  | { kind: 'ready' }
  | { kind: 'cleaned'; outcome: CleanOutcome }
  /** Not begun, as it was not allowed to be heavy. */
  | { kind: 'heavy' }
  | { kind: 'covered'; photo: CoveredPhoto }
  | { kind: 'avif'; pictures: Record<RenditionSide, Picture> }
  | { kind: 'drawn'; jpeg: Buffer }
  | { kind: 'stacked'; mosaic: StackedMosaic };
