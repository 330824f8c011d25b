import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Ask, ask, fieldParts, multipart } from './http.ts';
import { FIELDS, type Staff } from './people.ts';
import type { Acknowledged } from './writer.ts';

/** Clients that come back until they are answered, as our sender does, and what they were told. */
export interface Returning {
  /** Sends a photo under a key of its own until it is taken in. */
  send(photo: Buffer): Promise<Acknowledged>;
  /** Approves, or rejects, until that is done; false when the photo was taken back first. */
  decide(staff: Staff, id: string, isGood: boolean): Promise<boolean>;
  takeBack(receipt: string): Promise<void>;
  /** How often each status was answered, and `lost` connections. */
  told: Map<string, number>;
  /** Answers nobody should ever get. */
  wrong: string[];
}

const INBOX = '/api/v1/moderation/submissions';
const DECISIONS = {
  approval: { version: 2, criteria: { flag: true, slogan: true, embassy: true } },
  rejection: { version: 2, reason: 'no-flag' },
};
/** What our sender repeats besides 503: whoever stood still says that the request took too long. */
const NOT_NOW = new Set([408, 425, 429]);
/** They are told to wait for longer, but a test is no person. */
const LONGEST_WAIT_MS = 1_000;
const LOST_MS = 200;

/** `url`: of what stands before the service. */
export function openReturning(url: string): Returning {
  const told = new Map<string, number>();
  const wrong: string[] = [];

  function note({ status, headers, text }: Answer): void {
    told.set(`${status}`, (told.get(`${status}`) ?? 0) + 1);
    const fine = status < 500 || (status === 503 && Number(headers['retry-after']) > 0);
    if (!fine) wrong.push(`${status} ${JSON.stringify(headers)} ${text.slice(0, 300)}`);
  }

  async function untilAnswered(path: string, request: Ask): Promise<Answer> {
    for (;;) {
      // Each time from another address, as behind a network of phones: the proxy spreads them.
      const localAddress = `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;
      const answer = await ask(url + path, { ...request, localAddress }).catch(() => null);
      if (answer) note(answer);
      else told.set('lost', (told.get('lost') ?? 0) + 1);
      if (answer && answer.status < 500 && !NOT_NOW.has(answer.status)) return answer;
      const wait = Number(answer?.headers['retry-after']) * 1_000 || LOST_MS;
      await sleep(Math.min(wait, LONGEST_WAIT_MS));
    }
  }

  const expectStatus = (answer: Answer, ...wanted: number[]) => {
    if (wanted.includes(answer.status)) return answer;
    throw new Error(`${answer.status} instead of ${wanted.join(' or ')}: ${answer.text}`);
  };

  return {
    told,
    wrong,

    async send(photo) {
      const parts = [...fieldParts(FIELDS), { name: 'photo', value: photo, filename: 'a.jpg' }];
      const { body, headers } = multipart(parts);
      const all = { ...headers, 'idempotency-key': randomUUID() };
      const request = { method: 'POST', headers: all, body };
      const answer = await untilAnswered('/api/v1/submissions', request);
      return JSON.parse(expectStatus(answer, 201, 202).text) as Acknowledged;
    },

    async decide({ cookie, csrf }, id, isGood) {
      const what = isGood ? 'approval' : 'rejection';
      const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
      const body = JSON.stringify(DECISIONS[what]);
      const request = { method: 'POST', headers, body };
      const answer = await untilAnswered(`${INBOX}/${id}/${what}`, request);
      if (expectStatus(answer, 200, 409).status === 200) return true;
      // The answer of before may have been lost on its way.
      const { current } = JSON.parse(answer.text) as { current?: { state: string } };
      return current?.state === (isGood ? 'approved' : 'rejected');
    },

    async takeBack(receipt) {
      const headers = { authorization: `Bearer ${receipt}` };
      const request = { method: 'DELETE', headers };
      expectStatus(await untilAnswered('/api/v1/receipt', request), 204);
    },
  };
}
