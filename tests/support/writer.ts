import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from './dice.ts';
import { sendPhoto } from './people.ts';
import type { Service } from './service.ts';

/** A submission the service has acknowledged. */
export interface Acknowledged {
  id: string;
  receipt: string;
}

const COME_BACK_MS = 150;
/** A phone that loses its connection, sometimes before and sometimes after the photo was taken in. */
const LOST_SHARE = 0.15;
const LOST_MS = 400;

/**
 * A supporter's phone: sends one photo after the other until `stopped`, each under a key of its
 * own until an answer arrives, however often the connection breaks. Answered ones are added to
 * `acknowledged`.
 */
export async function write(
  service: Service,
  photos: Buffer[],
  random: () => number,
  stopped: () => boolean,
  acknowledged: Acknowledged[],
): Promise<void> {
  while (!stopped()) {
    const [photo, key] = [pick(random, photos), randomUUID()];
    const sent = await sendUntilAnswered(service, photo, key, random);
    acknowledged.push(sent);
    if (random() < LOST_SHARE) await sendAgain(service, photo, key, sent, random);
  }
}

/** An answer that came may still not be read: the same key must lead to the same submission. */
async function sendAgain(
  service: Service,
  photo: Buffer,
  key: string,
  first: Acknowledged,
  random: () => number,
): Promise<void> {
  const again = await sendUntilAnswered(service, photo, key, random);
  if (again.id === first.id && again.receipt === first.receipt) return;
  throw new Error(`One key, two submissions: ${first.id} and ${again.id}`);
}

async function sendUntilAnswered(
  service: Service,
  photo: Buffer,
  key: string,
  random: () => number,
): Promise<Acknowledged> {
  for (;;) {
    const patience = random() < LOST_SHARE ? random() * LOST_MS : 30_000;
    const answer = await send(service, photo, key, patience);
    if (answer) return answer;
    await sleep(COME_BACK_MS);
  }
}

/** Null when there was no answer, or one that asks to come back. */
async function send(
  service: Service,
  photo: Buffer,
  key: string,
  patience: number,
): Promise<Acknowledged | null> {
  try {
    const headers = { 'idempotency-key': key };
    const response = await sendPhoto(service, photo, {}, headers, AbortSignal.timeout(patience));
    if (response.status === 503) return null;
    const body = (await response.json()) as Acknowledged;
    if (response.status === 201 || response.status === 202) return body;
    throw new WrongAnswer(`${response.status} ${JSON.stringify(body)}`);
  } catch (error) {
    if (error instanceof WrongAnswer) throw error;
    return null;
  }
}

class WrongAnswer extends Error {}
