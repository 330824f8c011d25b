import { h, type JSX } from 'preact';
import { describe, expect, it } from 'vitest';
import { embassyName } from '../../src/campaign/embassy-name.ts';
import { inOrder } from '../../src/gallery/embassies.ts';
import { readSheets } from '../../src/gallery/map.ts';
import { MapPage } from '../../src/gallery/pages/map.tsx';
import { LOCALES, type Locale } from '../../src/i18n/messages.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { renderPage } from '../../src/web/page.ts';
import { problemsOf } from './html.ts';
import { embassies, HOSTILE, pageIn } from './samples.ts';

const coverage = {
  photos: 9,
  counted: 9,
  embassiesTotal: 87,
  embassies: 9,
  countries: 9,
  cities: 9,
};

function mapIn(locale: Locale, name?: string) {
  const say = sayIn(locale);
  const items = embassies.map((each, index) => ({
    ...each,
    name: name ?? embassyName(say, each),
    photos: index % 3 ? 0 : index,
    counted: index % 6 ? 0 : 2,
  }));
  const rows = inOrder(items, say);
  const page = pageIn(locale, '/map');
  const map: JSX.Element = h(MapPage, { page, coverage, embassies: rows, sheets: readSheets() });
  return { rows, html: renderPage(map) };
}

const svgsOf = (html: string) => html.match(/<svg class="map"[^>]*role="group".*?<\/svg>/gs) ?? [];

describe.each(LOCALES)('the map in %s', (locale) => {
  const say = sayIn(locale);
  const { rows, html } = mapIn(locale);
  const maps = svgsOf(html).join('');

  it('has each embassy as one link, with its count in words', () => {
    const links = [...maps.matchAll(/<a class="dot" href="([^"]*)"><title>([^<]*)/g)];
    const expected = rows.map(({ slug, name, country, photos, counted }) => [
      `/embassies/${slug}?lang=${locale}`,
      say('map.dot', { embassy: name, country: say.country(country), count: photos + counted }),
    ]);
    const told = links.map(([, href, title]) => [href, title?.replaceAll('&amp;', '&')]);
    expect(told.sort()).toEqual(expected.sort());
  });

  it('has each embassy as one row of the same counts, by country in the order of the language', () => {
    const cells =
      /<tr><td>([^<]*)<\/td>.*?href="\/embassies\/([^?"]*).*?<td>(.*?)<\/td><td>(.*?)</g;
    const told = [...html.matchAll(cells)].map(([, country, slug, photos, counted]) => ({
      country: country?.replaceAll('&amp;', '&'),
      slug,
      photos,
      counted,
    }));
    const expected = rows.map(({ slug, country, photos, counted }) => ({
      country: say.country(country),
      slug,
      photos: say.number(photos),
      counted: say.number(counted),
    }));
    expect(told).toEqual(expected);
    const countries = told.map(({ country = '' }) => country);
    expect(countries).toEqual([...countries].sort(new Intl.Collator(locale).compare));
  });

  it('tells reached from missing by shape, not by colour alone', () => {
    const marks = (part: string) => maps.split(part).length - 1;
    const missing = rows.filter(({ photos, counted }) => photos + counted === 0).length;
    const inParts = readSheets().flatMap(({ parts }) => parts.flatMap(({ dots }) => dots));
    const missingInParts = inParts.filter(({ slug }) =>
      rows.some((row) => row.slug === slug && row.photos + row.counted === 0),
    ).length;
    expect(marks('mark missing')).toBe(missing + missingInParts);
    expect(marks('mark hole')).toBe(missing + missingInParts);
    expect(marks('mark reached')).toBe(87 - missing + inParts.length - missingInParts);
  });
});

it('is well-formed and inert, whatever an embassy is called', () => {
  const maps = svgsOf(mapIn('en', `${HOSTILE}</title></svg><![CDATA[<b>&amp;`).html);
  expect(maps).toHaveLength(3);
  for (const map of maps) {
    expect(problemsOf(map).filter((problem) => !problem.includes('points to missing'))).toEqual([]);
    expect(map).not.toMatch(/<(script|style|foreignObject|use|image|animate|set)\b|\son\w+="/i);
    expect(map).not.toContain('<![CDATA[');
    for (const [, href] of map.matchAll(/href="([^"]*)"/g)) {
      expect(href).toMatch(/^(\/embassies\/[a-z-]+\?lang=en|#map-(europe|asia))$/);
    }
  }
});
