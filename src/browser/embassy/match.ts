/** Small letters without their marks, so that "munchen" finds "München". */
export function plain(text: string, locale?: string): string {
  return text
    .toLocaleLowerCase(locale)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ı', 'i');
}

/** Whether every word of what was typed begins a word of `text`, which is already plain. */
export function matches(text: string, typed: string): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  const wanted = plain(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return wanted.every((start) => words.some((each) => each.startsWith(start)));
}
