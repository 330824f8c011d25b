import { attempt, type Bytes, bytesOf } from './bytes.ts';
import { readPng, readWebp } from './chunks.ts';
import type { Revealed } from './findings.ts';
import { readHeif } from './heif.ts';
import { readJpeg } from './jpeg.ts';

export type Kind = 'jpeg' | 'png' | 'webp' | 'heic' | 'avif' | 'unknown';

const HEIC = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** What a file is, by its first bytes; its name says nothing. */
export function kindOf(file: Bytes): Kind {
  const starts = (at: number, text: string) => attempt(() => file.text(at, text.length)) === text;
  if (starts(0, '\xff\xd8\xff')) return 'jpeg';
  if (starts(0, '\x89PNG\r\n')) return 'png';
  if (starts(0, 'RIFF') && starts(8, 'WEBP')) return 'webp';
  if (!starts(4, 'ftyp')) return 'unknown';
  const brand = attempt(() => file.text(8, 4)) ?? '';
  if (brand.startsWith('avi')) return 'avif';
  return HEIC.test(brand) ? 'heic' : 'unknown';
}

const READERS = { jpeg: readJpeg, png: readPng, webp: readWebp, heic: readHeif, avif: readHeif };

/** What a file would give away. Never throws: what cannot be read is left out. */
export function reveal(content: Uint8Array<ArrayBuffer>): Revealed & { kind: Kind } {
  const file = bytesOf(content);
  const kind = kindOf(file);
  const revealed: Revealed = { findings: new Map(), place: undefined };
  if (kind !== 'unknown') attempt(() => READERS[kind](file, revealed));
  return { ...revealed, kind };
}
