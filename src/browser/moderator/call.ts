import type { Answer, Upload } from '../sending/answer.ts';
import { deliver, type Stage } from '../sending/deliver.ts';

/** Who says nothing for so long is not there. */
const PATIENCE_MS = 30_000;

/** Asks the service, over as many broken connections as it takes. `tell` hears how it goes. */
export async function ask(
  url: string,
  init: RequestInit,
  tell: (stage: Stage) => void = () => {},
): Promise<Answer> {
  const delivery = deliver({
    send: () => once(url, init),
    online: () => navigator.onLine,
    onOnline(callback) {
      addEventListener('online', callback);
      return () => removeEventListener('online', callback);
    },
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    tell,
  });
  return (await delivery.done) ?? NONE;
}

const NONE: Answer = { status: 0, body: null, retryAfter: 0 };

function once(url: string, init: RequestInit): Upload {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE_MS);
  const answer = fetch(url, { ...init, signal: control.signal })
    .then(read, () => NONE)
    .catch(() => NONE)
    .finally(() => clearTimeout(timer));
  return { answer, abort: () => control.abort() };
}

async function read(response: Response): Promise<Answer> {
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    body: json ? await response.json() : { url: response.url, html: await response.text() },
    retryAfter: Number(response.headers.get('retry-after')) || 0,
  };
}

/** A call of the API that changes something. Given to the browser to finish should the page close. */
export function change(body?: object): RequestInit {
  const token = document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
  return {
    method: 'POST',
    keepalive: true,
    headers: {
      accept: 'application/json',
      'x-csrf-token': token,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  };
}
