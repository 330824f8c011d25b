import sharp from 'sharp';
import { FONTS, type Weight } from './lettering-font.ts';

/** Drawn words on nothing: sRGB with alpha, four bytes each. */
export interface Lettering {
  data: Buffer;
  width: number;
  height: number;
}

export interface LetteringOptions {
  weight: Weight;
  /** `#rrggbb`. */
  color: string;
  /** The box, in pixels, that nothing leaves. */
  width: number;
  height: number;
  /** Heights of the letters in pixels to choose from, largest first. */
  sizes: readonly number[];
}

const FAMILY = { bold: 'DejaVu Sans Bold', plain: 'DejaVu Sans' } as const;
/** More than fits into any box of ours. */
const LONGEST = 160;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Draws a text as large as it fits into its box: whole words where they fit, long ones broken at
 * the smallest size, and what is still too much cut off with an ellipsis. Null for a text without
 * anything to see.
 */
export async function letter(text: string, options: LetteringOptions): Promise<Lettering | null> {
  const letters = lettersOf(text);
  if (letters.length === 0) return null;
  for (const size of options.sizes) {
    const drawn = await draw(letters.join(''), size, 'word', options);
    if (fits(drawn, options)) return drawn;
  }
  return drawCut(letters, options);
}

async function drawCut(letters: string[], options: LetteringOptions): Promise<Lettering | null> {
  const smallest = options.sizes.at(-1) ?? 1;
  for (let length = letters.length; length > 0; length = Math.floor(length * 0.85)) {
    const text = letters.slice(0, length).join('').trimEnd();
    const cut = length < letters.length ? `${text}…` : text;
    const drawn = await draw(cut, smallest, 'word-char', options);
    if (fits(drawn, options)) return drawn;
  }
  return null;
}

/** At 72 dpi a point is a pixel. Markup is Pango's, so a text is escaped before it comes near. */
async function draw(
  text: string,
  size: number,
  wrap: 'word' | 'word-char',
  { weight, color, width }: LetteringOptions,
): Promise<Lettering> {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${color}">${escaped(text)}</span>`,
      font: `${FAMILY[weight]} ${size}`,
      fontfile: FONTS[weight],
      dpi: 72,
      width,
      wrap,
      rgba: true,
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function fits(drawn: Lettering, { width, height }: LetteringOptions): boolean {
  return drawn.width <= width && drawn.height <= height;
}

/** Without controls, unassigned and half characters: some of them Pango takes for an error. */
function lettersOf(text: string): string[] {
  const clean = text
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
  return Array.from(graphemes.segment(clean), ({ segment }) => segment).slice(0, LONGEST);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
