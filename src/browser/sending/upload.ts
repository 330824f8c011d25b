import type { Answer, Upload } from './answer.ts';

/** A connection over which nothing moves for so long is dead, even if nobody says so. */
const SILENCE_MS = 60_000;

/** Sends a form once. `progress` is told the part that has left, 0 to 1. */
export function upload(
  url: string,
  form: FormData,
  { key, proof }: { key: string; proof: string | null },
  progress: (part: number) => void,
): Upload {
  // fetch cannot tell how much has been sent.
  const request = new XMLHttpRequest();
  let timer: ReturnType<typeof setTimeout>;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), SILENCE_MS);
  };
  const answer = new Promise<Answer>((resolve) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      listen();
      if (total > 0) progress(loaded / total);
    });
    request.addEventListener('loadend', () => {
      clearTimeout(timer);
      const body = readJson(request.responseText);
      const ours = request.status >= 300 || body !== null;
      resolve({
        // A Wi-Fi that wants to be signed in to answers everything with a page of its own.
        status: ours ? request.status : 0,
        body,
        retryAfter: Number(request.getResponseHeader('retry-after')) || 0,
      });
    });
  });
  request.open('POST', url);
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Idempotency-Key', key);
  if (proof) request.setRequestHeader('Altcha', proof);
  request.send(form);
  listen();
  return { answer, abort: () => request.abort() };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
