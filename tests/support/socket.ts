import { connect } from 'node:net';

export interface Talk {
  /** All the service said, as text; empty when it said nothing. */
  answer: string;
  /** Of the answer; 0 when there is none. */
  status: number;
  /** Until the connection was closed, from either side. */
  ms: number;
  /** Bytes the client could get rid of. */
  sent: number;
}

interface TalkOptions {
  /** Wait between two chunks. */
  pauseMs?: number;
  /** Breaks the connection off when there is nothing more to send, instead of waiting for the answer. */
  reset?: boolean;
  /** When the client itself gives up. */
  giveUpMs?: number;
}

/** Writes chunks to a connection, however wrong they are, and listens until somebody closes it. */
export async function talk(
  url: string,
  chunks: Iterable<Buffer | string>,
  { pauseMs = 0, reset = false, giveUpMs = 60_000 }: TalkOptions = {},
): Promise<Talk> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const started = Date.now();
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  // What the service does not want to hear any more; the close follows.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const timer = setTimeout(() => socket.destroy(), giveUpMs);
  const write = async () => {
    for (const chunk of chunks) {
      if (!socket.writable) return;
      if (!socket.write(chunk))
        await Promise.race([new Promise((go) => socket.once('drain', go)), closed]);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (reset) socket.resetAndDestroy();
  };
  socket.once('connect', () => void write());
  await closed;
  clearTimeout(timer);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
  return { answer, status, ms: Date.now() - started, sent: socket.bytesWritten };
}

/** The head of a request that asks for the connection to be closed after the answer. */
export function head(line: string, headers: Record<string, string | number>): string {
  const all = { host: 'localhost', connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** A chunk of a body without a declared length. */
export function chunked(data: Buffer): Buffer {
  const size = Buffer.from(`${data.length.toString(16)}\r\n`);
  return Buffer.concat([size, data, Buffer.from('\r\n')]);
}
