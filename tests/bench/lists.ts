import { randomUUID } from 'node:crypto';
import { openKeys } from '../../src/keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';
import { writeCursor } from '../../src/web/cursor.ts';
import { signIn } from '../support/people.ts';
import { type Server, startServer, tell } from '../support/postgresql.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';
import { type Line, median } from './measure.ts';
import { personId, plantMany } from './plant-many.ts';
import { sizesOf } from './sizes.ts';

const [FEW, MANY] = [10_000, 1_000_000];
/** A full queue: more wait nowhere (`QUEUE_LENGTH`). */
const WAITING = 2_000;
const BLOCKS = 5;
const REQUESTS = 12;
const AIM = 1.1;

const keys = openKeys(SECRET_KEY);
/** A place in the gallery where nobody has been before, so that no answer is remembered. */
const place = () => writeCursor(keys, 'gallery', { month: '2026-10', id: randomUUID() });
const gallery = (filter: string) => () => `/api/v1/gallery?cursor=${place()}${filter}`;
const queue = (query: string) => () => `/api/v1/moderation/submissions?${query}`;
const log = (query: string) => () => `/api/v1/moderation/log?${query}`;

/** What is asked, each time anew. */
const LISTS: Record<string, () => string> = {
  gallery: gallery(''),
  'gallery of an embassy': gallery('&embassy=embassy-vienna'),
  'gallery of a country': gallery('&country=AT'),
  'gallery of a city': gallery('&city=vienna'),
  'gallery of organisations': gallery('&participant=organisation'),
  'gallery of organisations in a country': gallery('&country=AT&participant=organisation'),
  'page of the gallery': () => `/gallery?cursor=${place()}`,
  coverage: () => `/api/v1/coverage?${randomUUID()}`,
  'counts of all embassies': () => `/api/v1/embassies?${randomUUID()}`,
  queue: queue(''),
  'queue of an embassy': queue('embassy=embassy-vienna'),
  'queue to be covered': queue('exposure=covered'),
  'queue with warnings': queue('warned=yes'),
  'page of the queue': () => '/moderation',
  'approved at the desk': queue('state=approved'),
  'rejected at the desk': queue('state=rejected'),
  'rejected of an embassy': queue('state=rejected&embassy=embassy-vienna'),
  log: log(''),
  'log of a person': log(`person=${personId(7)}`),
  'log of approvals': log('act=approved'),
  'log of a reason': log('reason=no-flag'),
  'log of a week': log('from=2026-10-05&to=2026-10-11'),
  'log of a photo': () => log(`photo=${randomUUID().slice(0, 8)}`)(),
  'page of the numbers': () => '/moderation/numbers',
};

type Asked = (path: string) => Promise<number>;

/** Lists, counts and log of a million photos against those of ten thousand, both on one PostgreSQL. */
export async function measureLists(): Promise<Line[]> {
  const server = await startServer();
  const services: Service[] = [];
  try {
    const few = await fill(server, 'few', FEW);
    const many = await fill(server, 'many', MANY);
    services.push(few, many);
    const lines = await compare(await asking(few), await asking(many));
    return [...lines, ...(await sizesOf(server.url('many')))];
  } finally {
    for (const each of services) await each.dispose();
    await server.stop();
  }
}

async function fill(server: Server, name: string, photos: number): Promise<Service> {
  await tell(server.url('postgres'), `CREATE DATABASE ${name}`);
  const database = await openDatabase(server.url(name));
  await loadEmbassies(database);
  await database.close();
  await plantMany(server.url(name), photos, WAITING);
  const TRUST_PROXY = '127.0.0.1';
  return startService({
    DATABASE_URL: server.url(name),
    ROLE: 'web',
    LOG_LEVEL: 'error',
    TRUST_PROXY,
  });
}

/** Asks a service as an admin, each time from another address; tells how many milliseconds it took. */
async function asking(service: Service): Promise<Asked> {
  const { cookie } = await signIn(service);
  return async (path) => {
    const client = `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`;
    const began = performance.now();
    const answer = await fetch(service.url + path, {
      headers: { cookie, 'x-forwarded-for': client },
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return performance.now() - began;
  };
}

/** One by one in turn, so that whatever else the machine does meets both. */
async function compare(few: Asked, many: Asked): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [what, path] of Object.entries(LISTS)) {
    const ratios: number[] = [];
    const all: { few: number[]; many: number[] } = { few: [], many: [] };
    for (let warm = 0; warm < 3; warm += 1) await Promise.all([few(path()), many(path())]);
    for (let block = 0; block < BLOCKS; block += 1) {
      const times: typeof all = { few: [], many: [] };
      for (let request = 0; request < REQUESTS; request += 1) {
        times.few.push(await few(path()));
        times.many.push(await many(path()));
      }
      ratios.push(median(times.many) / median(times.few));
      all.few.push(...times.few);
      all.many.push(...times.many);
    }
    lines.push(lineOf(what, median(all.few), median(all.many), ratios));
  }
  return lines;
}

function lineOf(what: string, few: number, many: number, ratios: number[]): Line {
  const ratio = median(ratios);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const times = `${few.toFixed(1)} ms, ${many.toFixed(1)} ms`;
  const figure = `${times}: ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
  return { what, figure, aim: `<= ${AIM.toFixed(2)}`, reached: ratio <= AIM };
}
