import { locale, part, word } from '../page.ts';
import type { Place, Revealed } from './findings.ts';

/** Lists what the file would give away, and whether any of it leaves the device. */
export function showRevealed(desk: HTMLElement, revealed: Revealed, stays: boolean): void {
  const section = part(desk, 'reveal');
  const { findings, place } = revealed;
  section.hidden = false;
  const sentence = stays ? 'browser.reveal.stays' : 'browser.reveal.goes';
  part(section, 'reveal-text').textContent = word(
    findings.size > 0 ? sentence : 'browser.reveal.none',
  );
  for (const row of section.querySelectorAll<HTMLElement>('[data-trace]')) {
    const trace = row.dataset.trace as Parameters<typeof findings.get>[0];
    const said = findings.get(trace);
    row.hidden = !said;
    const value = row.querySelector('bdi');
    if (!said || !value) continue;
    const words = trace === 'gps' && place ? placeWords(place) : said.join(', ');
    value.textContent = words || word('browser.reveal.found');
  }
}

function placeWords({ latitude, longitude }: Place): string {
  const degrees = new Intl.NumberFormat(locale, { maximumFractionDigits: 5 });
  const side = (value: number, positive: string, negative: string) =>
    `${degrees.format(Math.abs(value))}° ${value < 0 ? negative : positive}`;
  return word('browser.reveal.place', {
    latitude: side(latitude, 'N', 'S'),
    longitude: side(longitude, 'E', 'W'),
  });
}
