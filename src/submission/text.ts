import { z } from 'zod';

/**
 * Characters nobody needs to write a name or a greeting and that change how text around them
 * reads: controls, bidi embeddings, overrides and isolates (Unicode TR36), line separators,
 * zero width spaces, noncharacters. Joiners and variation selectors stay: emoji, Persian and
 * many Indian scripts are written with them.
 */
const HARMFUL =
  /(?!\n)\p{Cc}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|[\u200B\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD]/u;
/** Tag characters spell hidden text, except behind the black flag, where they spell a region. */
const HIDDEN_TAGS = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0000}-\u{E007F}]/u;
/** More code points than any honest emoji or letter has in one grapheme. */
const MAX_GRAPHEME_POINTS = 16;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface TextRules {
  maxGraphemes: number;
  maxBytes: number;
  lines?: boolean;
}

/**
 * Text a stranger typed: composed to NFC, trimmed, and refused (never silently altered) when it
 * holds harmful characters or is too long in graphemes or in bytes. Messages are field error codes.
 */
export function typedText({ maxGraphemes, maxBytes, lines = false }: TextRules) {
  return z
    .string()
    .transform((typed) => typed.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .superRefine((text, context) => {
      const problem = findProblem(text, maxGraphemes, maxBytes, lines);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });
}

function findProblem(text: string, maxGraphemes: number, maxBytes: number, lines: boolean) {
  if (Buffer.byteLength(text) > maxBytes) return 'too-long';
  if (!text.isWellFormed() || HARMFUL.test(text) || HIDDEN_TAGS.test(text)) return 'characters';
  if (!lines && text.includes('\n')) return 'characters';
  const clusters = [...graphemes.segment(text)];
  if (clusters.length > maxGraphemes) return 'too-long';
  if (clusters.some(({ segment }) => [...segment].length > MAX_GRAPHEME_POINTS))
    return 'characters';
  return null;
}
