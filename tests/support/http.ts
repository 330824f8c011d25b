import { type IncomingHttpHeaders, request } from 'node:http';

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
  /** Any address of 127.0.0.0/8 can be a client's. */
  localAddress?: string;
  /** How long nothing may be heard before it is given up; a minute when left out. */
  patienceMs?: number;
}

const PATIENCE_MS = 60_000;

/** One request over a connection of its own, with nothing added, followed or retried. */
export function ask(url: string, { method = 'GET', headers, body, ...rest }: Ask = {}) {
  const { patienceMs = PATIENCE_MS, ...options } = rest;
  return new Promise<Answer>((resolve, reject) => {
    const length = body !== undefined && { 'content-length': Buffer.byteLength(body) };
    const all = { ...length, ...headers };
    const call = request(url, { method, headers: all, agent: false, ...options });
    call.setTimeout(patienceMs, () => call.destroy(new Error(`No answer: ${method} ${url}`)));
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const read = Buffer.concat(chunks);
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: read, text: read.toString() });
      });
    });
    // Comes after the answer when the service has read enough of the body.
    call.on('error', reject);
    call.end(body);
  });
}

export interface Part {
  name: string;
  value: string | Buffer;
  /** Makes the part a file. */
  filename?: string;
  type?: string;
}

/** A multipart body byte by byte, with names a browser would never let a person choose. */
export function multipart(parts: readonly Part[], boundary = 'a-boundary-of-the-tests') {
  const pieces: Buffer[] = [];
  for (const { name, value, filename, type = 'image/jpeg' } of parts) {
    const file = filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: ${type}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    pieces.push(Buffer.from(head), Buffer.from(value), Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    body: Buffer.concat(pieces),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** The fields of a form as parts. */
export function fieldParts(fields: Record<string, string>): Part[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}

/** Between two looks; longer and longer up to `slowest`, so that many who wait cost little. */
const LOOK_MS = 50;
const LONGER = 1.5;

/** Waits until `find` gives something, looking each 50 ms at first; throws after `ms`. */
export async function eventually<T>(
  find: () => Promise<T | null | undefined | false>,
  ms = 15_000,
  slowest = LOOK_MS,
): Promise<T> {
  let look = LOOK_MS;
  for (const end = Date.now() + ms; Date.now() < end; look = Math.min(slowest, look * LONGER)) {
    const found = await find();
    if (found) return found;
    const wait = look;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Error(`Not within ${ms} ms: ${find}`);
}
