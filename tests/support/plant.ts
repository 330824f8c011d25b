import { randomBytes, randomUUID } from 'node:crypto';
import type { Resources } from '../../src/resources.ts';
import { seal } from '../../src/sealing.ts';
import { slices as slicesOf } from '../../src/store/fingerprints.ts';
import type { Prisma } from '../../src/store/generated/client.ts';
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

type Ground = Pick<Resources, 'database' | 'store' | 'photos' | 'keys' | 'now'>;

const [WIDTH, HEIGHT] = [96, 72];
const LEASE_MS = 60_000;
/** Copies made at the same time. */
const SIDE_BY_SIDE = 16;

/**
 * Puts waiting submissions with sealed pictures into the store, as intake and cleaning leave them
 * but without decoding a picture for each: the first by the service's own steps, the others as
 * copies of it under ids of their own. Nothing else may be cleaning meanwhile.
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
  if (count === 0) return [];
  const first = await plantOne(ground, picture, options);
  return [first, ...(await copy(ground, first, count - 1, picture, options))];
}

type Picture = NonNullable<PlantOptions['picture']>;

async function plantOne(ground: Ground, picture: Picture, options: PlantOptions): Promise<Planted> {
  const { store, now } = ground;
  const { id, receipt } = fresh();
  await sealAll(ground, id, picture, options);
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

/** One transaction for all rows, in the state in which `plantOne` has left the first. */
async function copy(
  ground: Ground,
  { id: from }: Planted,
  count: number,
  picture: Picture,
  options: PlantOptions,
): Promise<Planted[]> {
  const { database, keys } = ground;
  const copies = Array.from({ length: count }, fresh);
  const left = copies.values();
  const lane = async () => {
    for (const { id } of left) await sealAll(ground, id, picture, options);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  const first = await database.read.submission.findUniqueOrThrow({ where: { id: from } });
  const known = Object.fromEntries(Object.entries(first).filter(([, value]) => value !== null));
  const rows = copies.map(({ id, receipt }) => ({
    ...(known as Prisma.SubmissionCreateManyInput),
    id,
    receiptHash: hashOf(keys, receipt),
    facts: facts(picture),
  }));
  const slices = rows.flatMap((row) =>
    slicesOf(row.facts.fingerprint).map((slice) => ({ submissionId: row.id, ...slice })),
  );
  const contacts = rows.flatMap(({ id }) => {
    const address = contact(ground, id, options);
    return address ? [{ submissionId: id, address: new Uint8Array(address) }] : [];
  });
  await database.write(async (tx) => {
    await tx.submission.createMany({ data: rows });
    await tx.fingerprint.createMany({ data: slices });
    await tx.contact.createMany({ data: contacts });
  });
  return copies;
}

function fresh(): Planted {
  return { id: randomUUID(), receipt: receiptFromBytes(randomBytes(RECEIPT_BYTES)) };
}

async function sealAll({ photos }: Ground, id: string, picture: Picture, options: PlantOptions) {
  const parts = options.pictures === false ? [] : (['master', ...RENDITION_SIDES] as const);
  await Promise.all(parts.map((part) => photos.seal(id, `${part}`, picture.bytes)));
}

function hashOf(keys: Ground['keys'], receipt: string): string {
  return keys.digest('receipts', receipt).toString('base64url');
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
    receiptHash: hashOf(keys, receipt),
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
