const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Joins texts into as few as possible, each of at most `most` letters and four bytes for each. */
export function packed(texts: readonly string[], most: number, between: string): string[] {
  const packs: string[] = [];
  for (const text of texts) {
    const longer = `${packs.at(-1) ?? ''}${between}${text}`.trim();
    const fits = [...graphemes.segment(longer)].length <= most && longer.length <= most * 2;
    if (packs.length > 0 && fits) packs[packs.length - 1] = longer;
    else packs.push(text);
  }
  return packs;
}
