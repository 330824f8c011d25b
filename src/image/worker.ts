import { readSync } from 'node:fs';
import { setPriority } from 'node:os';
import sharp from 'sharp';
import { Refusal } from '../submission/refusals.ts';
import { drawCard } from './card.ts';
import { clean } from './clean.ts';
import { coverMaster } from './cover.ts';
import { restrictLoaders } from './loaders.ts';
import { drawRow, stackRows } from './mosaic.ts';
import {
  type Answer,
  type CleanJob,
  type CleanOutcome,
  type Message,
  PHOTOS_FD,
} from './protocol.ts';
import { encodeAvif } from './renditions.ts';

// The program of a child process: one picture at a time, and nothing but pictures.

const niceness = Number(process.argv[2]);
if (niceness > 0) setPriority(niceness);

restrictLoaders();
// Two children with one thread each clean more photos than one child with two.
sharp.concurrency(1);
sharp.cache(false);

process.on('message', (message: Message) => void answer(message));
// The parent is gone, perhaps killed: nobody waits for an answer any more.
process.on('disconnect', () => process.exit());
say({ kind: 'ready' });

async function answer(request: Message): Promise<void> {
  if (request.kind === 'clean') {
    const { bytes, covers } = request.job;
    return say(await cleaned({ photo: readPhoto(bytes), covers }, request.heavy));
  }
  if (request.kind === 'cover') {
    return say({ kind: 'covered', photo: await coverMaster(request.job) });
  }
  if (request.kind === 'card') return say({ kind: 'drawn', jpeg: await drawCard(request.job) });
  if (request.kind === 'row') return say({ kind: 'drawn', jpeg: await drawRow(request.job) });
  if (request.kind === 'stack') {
    return say({ kind: 'stacked', mosaic: await stackRows(request.rows) });
  }
  const { 480: small, 960: middle, 1920: large } = request.jpegs;
  const pictures = {
    480: await encodeAvif(small),
    960: await encodeAvif(middle),
    1920: await encodeAvif(large),
  };
  say({ kind: 'avif', pictures });
}

/** Nothing else is to be done here meanwhile, so reading may block. */
function readPhoto(bytes: number): Buffer {
  const photo = Buffer.allocUnsafe(bytes);
  for (let at = 0; at < bytes; ) {
    const read = readSync(PHOTOS_FD, photo, at, bytes - at, null);
    // The parent is gone.
    if (read === 0) process.exit();
    at += read;
  }
  return photo;
}

async function cleaned(job: CleanJob, mayBeHeavy: boolean): Promise<Answer> {
  try {
    const photo = await clean(job, mayBeHeavy);
    return photo === 'heavy'
      ? { kind: 'heavy' }
      : { kind: 'cleaned', outcome: { ok: true, photo } };
  } catch (error) {
    return { kind: 'cleaned', outcome: { ok: false, refusal: refusalOf(error) } };
  }
}

/** Library texts hold paths and hundreds of lines: only our own code leaves the child. */
function refusalOf(error: unknown): Extract<CleanOutcome, { ok: false }>['refusal'] {
  if (error instanceof Refusal && isPhotoCode(error.code)) return error.code;
  return 'photo-failed';
}

function isPhotoCode(code: string): code is `photo-${string}` & Refusal['code'] {
  return code.startsWith('photo-');
}

function say(message: Answer): void {
  process.send?.(message);
}
