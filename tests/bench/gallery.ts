import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { openKeys } from '../../src/keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { writeCursor } from '../../src/web/cursor.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';
import { type Line, median, startScript } from './measure.ts';

const CONNECTIONS = 16;
const SECONDS = 4;
const ROUNDS = 3;
const [FEW, MANY] = [1_000, 100_000];
const AIM = 0.8;
/** More than the service keeps, so that each is made anew. */
const CURSORS = 3_000;
const PATH = '/api/v1/gallery';
const FILTERS = [
  'embassy=embassy-vienna',
  'country=AT&participant=person',
  'city=wien',
  'fields=id,images',
];

/** Lists of 24 photos per second, against a bare route that sends the same bytes. */
export async function measureGallery(): Promise<Line[]> {
  const few = await openGallery(FEW);
  const many = await openGallery(MANY);
  const file = join(few.folder, 'list.json');
  const list = await (await fetch(few.url + PATH)).text();
  await writeFile(file, list);
  const bare = await startScript('bare-fastify.ts', [file]);
  const rates: Record<'bare' | 'few' | 'many', number[]> = { bare: [], few: [], many: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bare.push(await rate(bare.url, [PATH]));
      rates.few.push(await rate(few.url, [PATH]));
      rates.many.push(await rate(many.url, [PATH]));
    }
    const uncached = { few: await rate(few.url, cursors()), many: await rate(many.url, cursors()) };
    const filtered: Line[] = [];
    for (const filter of FILTERS) filtered.push(await compare(few.url, many.url, filter));
    return [...lines(list.length, rates, uncached), ...filtered];
  } finally {
    bare.stop();
    await few.dispose();
    await many.dispose();
  }
}

/** Answers made anew each time under a filter: as many a second whatever the number of photos. */
async function compare(few: string, many: string, filter: string): Promise<Line> {
  const paths = cursors().map((path) => `${path}&${filter}`);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const base = await rate(few, paths);
    ratios.push((await rate(many, paths)) / base);
  }
  const figure = median(ratios);
  const what = `${filter}, made anew, ${MANY} / ${FEW} photos`;
  return { what, figure: figure.toFixed(2), aim: '>= 0.90', reached: figure >= 0.9 };
}

function lines(
  bytes: number,
  rates: Record<'bare' | 'few' | 'many', number[]>,
  uncached: { few: number; many: number },
): Line[] {
  const [bare, few, many] = [median(rates.bare), median(rates.few), median(rates.many)];
  const share = (name: 'few' | 'many') =>
    median(rates[name].map((each, round) => each / (rates.bare[round] ?? Number.NaN)));
  const apart = median(rates.many.map((each, round) => each / (rates.few[round] ?? Number.NaN)));
  return [
    { what: `bare route, ${Math.round(bytes / 1024)} KB, requests/s`, figure: bare.toFixed(0) },
    { what: `gallery with ${FEW} photos, requests/s`, figure: few.toFixed(0) },
    { what: `gallery with ${MANY} photos, requests/s`, figure: many.toFixed(0) },
    {
      what: `gallery with ${FEW} / bare route`,
      figure: share('few').toFixed(2),
      aim: `>= ${AIM}`,
      reached: share('few') >= AIM,
    },
    {
      what: `gallery with ${MANY} / bare route`,
      figure: share('many').toFixed(2),
      aim: `>= ${AIM}`,
      reached: share('many') >= AIM,
    },
    {
      what: `gallery with ${MANY} / with ${FEW}`,
      figure: apart.toFixed(2),
      aim: '0.90 to 1.10',
      reached: Math.abs(apart - 1) <= 0.1,
    },
    { what: `made anew each time, ${FEW} photos, requests/s`, figure: uncached.few.toFixed(0) },
    { what: `made anew each time, ${MANY} photos, requests/s`, figure: uncached.many.toFixed(0) },
  ];
}

async function rate(url: string, paths: string[]): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    // Each from another client, for one has a limit, and none that asked for what is remembered.
    requests: paths.map((path, i) => ({
      path,
      headers: { 'x-forwarded-for': clientOf(paths.length + i) },
    })),
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${url}${paths[0]} failed`);
  return result.requests.average;
}

function clientOf(i: number): string {
  return `10.0.${i >> 8}.${i & 255}`;
}

/** Places in a long list: behind photos that may or may not be there. */
function cursors(): string[] {
  const keys = openKeys(SECRET_KEY);
  return Array.from({ length: CURSORS }, () => {
    const cursor = writeCursor(keys, 'gallery', { month: '2026-10', id: randomUUID() });
    return `${PATH}?cursor=${cursor}`;
  });
}

/** A service with so many published photos; their files are not needed for lists. */
async function openGallery(photos: number): Promise<Service> {
  const service = await startService({ LOG_LEVEL: 'error', TRUST_PROXY: '127.0.0.1' });
  await service.stop();
  const database = await openDatabase(`file:${service.folder}/data.db`);
  await database.write(async (tx) => {
    await tx.$executeRawUnsafe(INSERT_PHOTOS, photos);
    await tx.$executeRawUnsafe(INSERT_TALLIES);
  });
  await database.close();
  await service.restart();
  return service;
}

/** In four months and four embassies, all of one statement: 100,000 rows take a few seconds. */
const INSERT_PHOTOS = `
WITH RECURSIVE
  number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < ?),
  place(p, slug, land) AS (
    SELECT row_number() OVER (ORDER BY slug) - 1, slug, country FROM (SELECT * FROM Embassy LIMIT 4)
  ),
  fresh(i, id) AS MATERIALIZED (
    SELECT i, lower(printf('%s-%s-4%s-a%s-%s', hex(randomblob(4)), hex(randomblob(2)),
      substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))) FROM number
  )
INSERT INTO Submission (id, version, state, embassySlug, city, exposure, participant, name, message,
  locale, consent, covers, receivedAt, receiptHash, facts, checks, criteria, pictureMonth, country,
  cityKey, renditions, held, attempts)
SELECT id, 3, 'approved', slug, 'Wien', 'shown', 'person', 'Ada', 'Equality for everybody!',
  'en', '2026-11/en', '[]', '2026-11-20T12:00:00.000+00:00', id,
  '{"width":3000,"height":2250,"color":"#808080","placeholder":"1QcSHQRnh493V4dIh4eXh1h4kJUI","fingerprint":"0123456789abcdef","removed":["gps"],"sizes":{}}',
  '[]', '{"flag":true,"slogan":true,"embassy":true}', printf('2026-%02d', 8 + i % 4), land,
  'wien',
  '[{"file":"480.jpg","type":"image/jpeg","width":480,"height":360},{"file":"960.jpg","type":"image/jpeg","width":960,"height":720},{"file":"1920.jpg","type":"image/jpeg","width":1920,"height":1440},{"file":"480.avif","type":"image/avif","width":480,"height":360},{"file":"960.avif","type":"image/avif","width":960,"height":720},{"file":"1920.avif","type":"image/avif","width":1920,"height":1440}]',
  1, 0
FROM fresh JOIN place ON p = (i / 4) % 4`;

const INSERT_TALLIES = `
INSERT INTO Tally (embassySlug, country, cityKey, participant, shown, counted)
SELECT embassySlug, country, cityKey, participant, count(*), 0 FROM Submission
GROUP BY embassySlug, country, cityKey, participant`;
