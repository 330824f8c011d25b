import type { RenditionSide } from './renditions.ts';

/** What a sent file would have given away; the codes of `photo.removed` in the contract. */
export const TRACES = [
  'gps',
  'time',
  'device',
  'serial',
  'software',
  'author',
  'thumbnail',
  'xmp',
  'iptc',
  'comment',
  'icc',
  'other',
] as const;
export type Trace = (typeof TRACES)[number];

/** What the machine looks at. A check is a hint to people, never a verdict. */
export const CHECKS = [
  'size',
  'sharpness',
  'exposure',
  'blank',
  'screenshot',
  'rainbow',
  'place',
  'repeat',
] as const;
export type CheckCode = (typeof CHECKS)[number];

export type CheckOutcome = 'pass' | 'warn';

/**
 * One check's finding. `finding` names the sentence people read (`check.<code>.<finding>`),
 * so that a stored check can be read in every language.
 */
export interface Check {
  code: CheckCode;
  outcome: CheckOutcome;
  finding: string;
}

/** What stays known of a photo after cleaning: nothing of this points to who took it. */
export interface PhotoFacts {
  /** Pixels of the master, upright. */
  width: number;
  height: number;
  /** Average colour, `#rrggbb`. */
  color: string;
  /** ThumbHash in base64, a blurred stand-in while the picture loads. */
  placeholder: string;
  /** 64-bit perceptual hash as 16 hex digits. */
  fingerprint: string;
  removed: Trace[];
}

/** Facts as they are kept with a submission: also the size of each sealed rendition. */
export interface KeptFacts extends PhotoFacts {
  sizes: Record<RenditionSide, { width: number; height: number }>;
}
