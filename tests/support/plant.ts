import { randomBytes, randomUUID } from 'node:crypto';
import type { Resources } from '../../src/resources.ts';
import { seal } from '../../src/sealing.ts';
import type { Exposure } from '../../src/submission/exposure.ts';
import type { Check } from '../../src/submission/photo.ts';
import { RECEIPT_BYTES, receiptFromBytes } from '../../src/submission/receipt.ts';
import { RENDITION_SIDES } from '../../src/submission/renditions.ts';
import { photo } from './pictures.ts';

export interface Planted {
  id: string;
  receipt: string;
}

export interface PlantOptions {
  exposure?: Exposure;
  /** The supporter's address. */
  email?: string;
  /** False where only rows matter. */
  pictures?: boolean;
  /** One for all, where what it shows matters; a tiny one otherwise. */
  picture?: { bytes: Buffer; width: number; height: number };
  city?: string;
  checks?: Check[];
}

type Ground = Pick<Resources, 'store' | 'photos' | 'keys' | 'now'>;

const [WIDTH, HEIGHT] = [96, 72];
const LEASE_MS = 60_000;

/**
 * Puts waiting submissions with sealed pictures into the store, as intake and cleaning leave them
 * but without decoding a picture for each. Nothing else may be cleaning meanwhile.
 */
export async function plant(
  ground: Ground,
  count: number,
  options: PlantOptions = {},
): Promise<Planted[]> {
  const tiny = async () => ({
    bytes: await photo({ width: WIDTH, height: HEIGHT }),
    width: WIDTH,
    height: HEIGHT,
  });
  const picture = options.picture ?? (await tiny());
  const planted: Planted[] = [];
  for (let at = 0; at < count; at++) planted.push(await plantOne(ground, picture, options));
  return planted;
}

type Picture = NonNullable<PlantOptions['picture']>;

async function plantOne(ground: Ground, picture: Picture, options: PlantOptions): Promise<Planted> {
  const { store, photos, now } = ground;
  const id = randomUUID();
  const receipt = receiptFromBytes(randomBytes(RECEIPT_BYTES));
  const parts = options.pictures === false ? [] : (['master', ...RENDITION_SIDES] as const);
  await Promise.all(parts.map((part) => photos.seal(id, `${part}`, picture.bytes)));
  await store.submissions.receive(
    row(ground, id, receipt, options),
    contact(ground, id, options),
    now(),
  );
  const job = await store.jobs.claim(['clean'], now(), LEASE_MS);
  if (job?.row.id !== id) throw new Error('Somebody else has work for the cleaner');
  const { checks = [] } = options;
  const cleaned = { facts: facts(picture), checks, similar: [], aside: false };
  await store.jobs.finishCleaning(job, cleaned, now());
  return { id, receipt };
}

function row({ keys, now }: Ground, id: string, receipt: string, options: PlantOptions) {
  const { exposure, city = 'Wien' } = options;
  return {
    id,
    embassySlug: 'embassy-vienna',
    city,
    cityKey: city.toLowerCase(),
    country: 'AT',
    exposure: exposure ?? 'shown',
    participant: 'person',
    name: 'Ayşə Canary',
    message: 'Canary message',
    locale: 'en',
    consent: 'test/en',
    covers: [],
    receivedAt: now(),
    receiptHash: keys.digest('receipts', receipt).toString('base64url'),
    sourceHash: null,
  };
}

function contact({ keys }: Ground, id: string, { email }: PlantOptions): Buffer | null {
  return email ? seal(keys.key('contacts'), id, Buffer.from(email)) : null;
}

function facts({ width, height }: Picture) {
  const size = { width, height };
  return {
    ...size,
    color: '#888888',
    placeholder: '',
    fingerprint: randomBytes(8).toString('hex'),
    removed: [],
    sizes: { 480: size, 960: size, 1920: size },
  };
}
