import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Fonts that come with the service: a server has none, and drawn words must look alike anywhere. */
export const FONTS = {
  bold: fontPackage('ttf/DejaVuSans-Bold.ttf'),
  plain: fontPackage('ttf/DejaVuSans.ttf'),
} as const;
export type Weight = keyof typeof FONTS;

/**
 * For FONTCONFIG_FILE: names no folder of fonts, so that words look the same whatever the system
 * has installed, nothing at all included.
 */
export const FONT_CONFIG = fontPackage('fontconfig/57-dejavu-sans.conf');

/** Where the subtable for all of Unicode stands: platform Windows, encoding UCS-4. */
const WINDOWS = 3;
const UCS_4 = 10;

interface Range {
  first: number;
  last: number;
}

let ranges: Range[] | undefined;

/** Whether the bold font, the smaller one, has a letter for every character of a text. */
export function hasLetters(text: string): boolean {
  ranges ??= readRanges(readFileSync(FONTS.bold));
  const known = ranges;
  return Array.from(text).every((character) => {
    const code = character.codePointAt(0) ?? 0;
    return known.some(({ first, last }) => first <= code && code <= last);
  });
}

/** The ranges of characters of a TrueType font, by format 12 of its `cmap` table. */
function readRanges(font: Buffer): Range[] {
  const cmap = tableOf(font, 'cmap');
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, at) =>
    cmap.subarray(4 + at * 8),
  );
  const whole = subtables.find(
    (entry) => entry.readUInt16BE(0) === WINDOWS && entry.readUInt16BE(2) === UCS_4,
  );
  if (!whole) throw new Error('The font does not list its characters');
  const subtable = cmap.subarray(whole.readUInt32BE(4));
  return Array.from({ length: subtable.readUInt32BE(12) }, (_, at) => ({
    first: subtable.readUInt32BE(16 + at * 12),
    last: subtable.readUInt32BE(20 + at * 12),
  }));
}

function tableOf(font: Buffer, name: string): Buffer {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) === name)
      return font.subarray(font.readUInt32BE(at + 8));
  }
  throw new Error(`The font has no table ${name}`);
}

function fontPackage(path: string): string {
  return createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/${path}`);
}
