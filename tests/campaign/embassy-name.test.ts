import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Embassy } from '../../src/campaign/embassies.ts';
import { embassyName } from '../../src/campaign/embassy-name.ts';
import { altText } from '../../src/gallery/pages/alt.ts';
import { LOCALES } from '../../src/i18n/messages.ts';
import { sayIn } from '../../src/i18n/say.ts';

const file = new URL('../../prisma/embassies.json', import.meta.url);
const embassies: Embassy[] = JSON.parse(readFileSync(file, 'utf8'));
const bySlug = (slug: string) => embassies.find((embassy) => embassy.slug === slug) as Embassy;

describe('the name of an embassy', () => {
  it.each(embassies)('in English is the one the data gives: $slug', (embassy) => {
    expect(embassyName(sayIn('en'), embassy)).toBe(embassy.name);
  });

  it.each(LOCALES)('is in %s a name of its own for each', (locale) => {
    const names = embassies.map((embassy) => embassyName(sayIn(locale), embassy));
    expect(new Set(names).size).toBe(embassies.length);
    if (locale !== 'en') expect(names.filter((name) => /Azerbaijan/.test(name))).toEqual([]);
  });

  it('follows the language for the usual kinds and for missions', () => {
    expect(embassyName(sayIn('fr'), bySlug('embassy-berlin'))).toBe(
      'Ambassade d’Azerbaïdjan, Berlin',
    );
    expect(embassyName(sayIn('de'), bySlug('permanent-mission-brussels'))).toBe(
      'Mission von Aserbaidschan bei der NATO in Brüssel',
    );
  });

  it('stays what the data says where no rule is known', () => {
    const office = { ...bySlug('embassy-kabul'), name: 'Embassy Office of Azerbaijan in Kabul' };
    expect(embassyName(sayIn('fr'), office)).toBe(office.name);
    expect(embassyName(sayIn('fr'), { ...office, kind: 'constructor' })).toBe(office.name);
  });

  it.each(LOCALES)('stands in the words for who cannot see the photo, in %s', (locale) => {
    const say = sayIn(locale);
    const embassy = embassyName(say, bySlug('embassy-berlin'));
    const criteria = { flag: true, slogan: true, embassy: true };
    expect(altText(say, { embassy, city: 'Berlin', criteria })).toMatch(/^[^{}]+Berlin[^{}]*\.$/);
  });
});
