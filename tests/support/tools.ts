import { openBell } from '../../src/bell.ts';
import { openCaller } from '../../src/calls/caller.ts';
import type { CleanOutcome, CleanPhoto, ImageWorkers } from '../../src/image/workers.ts';
import type { Tools } from '../../src/processing/tools.ts';
import { openTakenBack } from '../../src/store/taken-back.ts';
import { keys, openTestStore, type TestStore } from './database.ts';
import { dropPhotoStore, makePhotoStore, openPhotosOf, takenBackListOf } from './photo-store.ts';
import { FACTS, NOON } from './submissions.ts';

/** What the clock's acts work with: real rows and files; pictures and mail as a test says. */
export interface TestTools extends Tools {
  test: TestStore;
  dispose(): Promise<void>;
}

const PUBLIC_URL = 'http://localhost:3000';

type CleanAnswer = () => Promise<CleanOutcome | 'heavy'>;

/** `clean` and `cover` answer for the image workers. */
export async function openTestTools(
  clean: CleanAnswer = cleanPhotoOf(),
  cover: ImageWorkers['cover'] = () => Promise.reject(new Error('not in this test')),
): Promise<TestTools> {
  const test = await openTestStore();
  await makePhotoStore(test.folder);
  const images: ImageWorkers = {
    clean,
    cover,
    encodeAvif: () => Promise.reject(new Error('not in this test')),
    drawCard: () => Promise.reject(new Error('not in this test')),
    drawRow: () => Promise.reject(new Error('not in this test')),
    stackRows: () => Promise.reject(new Error('not in this test')),
    warmUp: () => undefined,
    stopEncoding: async () => undefined,
    close: async () => undefined,
  };
  return {
    test,
    store: test.store,
    database: test.database,
    embassies: test.embassies,
    photos: await openPhotosOf(test.folder, keys.key('photos')),
    takenBack: await openTakenBack(takenBackListOf(test.folder), keys),
    images,
    mailer: {
      configured: false,
      send: async () => ({ kind: 'later', why: 'no-server' }),
      close: () => undefined,
    },
    caller: { post: async () => ({ kind: 'later', why: 'nobody-there' }) },
    trustedCaller: openCaller({ toPrivate: true }),
    keys,
    config: {
      ...{ alertHours: 48, diskReserveMb: 0, lineLength: 500, campaignEnd: undefined },
      ...{ photoBaseUrl: `${PUBLIC_URL}/photos`, purgeUrl: undefined, purgeToken: undefined },
    },
    bell: openBell(),
    publicUrl: PUBLIC_URL,
    now: () => NOON,
    log: { info() {}, warn() {}, error() {} },
    async dispose() {
      await dropPhotoStore(test.folder);
      await test.dispose();
    },
  };
}

/** An image worker that finds every photo clean. */
export function cleanPhotoOf(changes: Partial<CleanPhoto> = {}): () => Promise<CleanOutcome> {
  const picture = (text: string) => ({ bytes: Buffer.from(text), width: 480, height: 360 });
  const { sizes: _, ...facts } = FACTS;
  const photo: CleanPhoto = {
    master: picture('master'),
    renditions: { 480: picture('480'), 960: picture('960'), 1920: picture('1920') },
    facts,
    checks: [],
    taken: null,
    turned: [],
    ...changes,
  };
  return async () => ({ ok: true, photo });
}
