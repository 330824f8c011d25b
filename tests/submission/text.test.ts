import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedText } from '../../src/submission/text.ts';

const line = typedText({ maxGraphemes: 80, maxBytes: 400 });
const lines = typedText({ maxGraphemes: 500, maxBytes: 4000, lines: true });

function problemOf(text: string, schema = line): string | undefined {
  return schema.safeParse(text).error?.issues[0]?.message;
}

describe('honest text stays exactly as it is', () => {
  it.each([
    ['Azerbaijani', 'Bakı şəhəri, İçərişəhər, Ğ ğ Ə ə Ö Ü Ç'],
    ['Georgian', 'თბილისი'],
    ['Armenian', 'Երևան'],
    ['Arabic', 'السلام عليكم'],
    ['Persian with a joiner', 'می\u200cخواهم'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['Thai', 'กรุงเทพมหานคร'],
    ['Chinese', '阿塞拜疆大使館'],
    ['an apostrophe name', "O'Brien-Ñúñez"],
    ['the rainbow flag', '🏳️‍🌈'],
    ['a family', '👩‍👩‍👧‍👦'],
    ['a region flag', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['markup, which pages escape', '<b>"hi"</b> & \'x\''],
  ])('%s', (_, text) => {
    expect(line.parse(text)).toBe(text);
  });
});

describe('text that changes how text around it reads is refused', () => {
  it.each([
    ['a null', 'a\0b'],
    ['an escape', 'a\x1b[31mb'],
    ['a C1 control', 'a\x85b'],
    ['a bidi override', 'a\u202eb'],
    ['a bidi isolate', 'a\u2066b'],
    ['a zero width space', 'a\u200bb'],
    ['a byte order mark', 'a\ufeffb'],
    ['a line separator', 'a\u2028b'],
    ['hidden tags', 'a\u{E0041}b'],
    ['a lone surrogate', 'a\ud800b'],
    ['a noncharacter', 'a\uffffb'],
    ['a tower of accents', `a${'\u0301'.repeat(30)}`],
    ['a line break in a line', 'a\nb'],
  ])('%s', (_, text) => {
    expect(problemOf(text)).toBe('characters');
  });
});

describe('length', () => {
  it('is counted in graphemes', () => {
    expect(problemOf('é'.repeat(80))).toBeUndefined();
    expect(problemOf('e\u0301'.repeat(80))).toBeUndefined();
    expect(problemOf('é'.repeat(81))).toBe('too-long');
  });

  it('is bounded in bytes', () => {
    expect(problemOf('👩‍👩‍👧‍👦'.repeat(40))).toBe('too-long');
  });
});

it('composes, trims, and keeps line breaks where lines are allowed', () => {
  expect(line.parse('  Gu\u0308ney ')).toBe('Güney');
  expect(lines.parse('one\r\ntwo\rthree\n')).toBe('one\ntwo\nthree');
});

it('leaves what it has let through alone the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (typed) => {
      const once = lines.safeParse(typed);
      if (once.success) expect(lines.parse(once.data)).toBe(once.data);
    }),
  );
});
