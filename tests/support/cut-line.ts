import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutLine {
  url: string;
  /** How often it was cut so far. */
  cuts(): number;
  /** Everything clients sent, in the order of their connections. */
  sent(): Buffer;
  close(): Promise<void>;
}

export interface CutLineOptions {
  /** Bytes per second towards the service; unlimited when left out. */
  rate?: number;
  /** Milliseconds each way. */
  delay?: number;
  /** Cuts the line whenever a connection has carried so many bytes of a body, so many times. */
  cutAfter?: number;
  cuts?: number;
}

const TICK_MS = 50;

/** A bad connection: a TCP proxy that is slow, late, and breaks. */
export async function openCutLine(target: string, options: CutLineOptions = {}): Promise<CutLine> {
  const { port } = new URL(target);
  const { rate = Number.POSITIVE_INFINITY, delay = 0, cutAfter = 0 } = options;
  let left = options.cuts ?? 0;
  let cuts = 0;
  const taken: Buffer[] = [];
  const sockets = new Set<Socket>();

  const server = createServer({ pauseOnConnect: true }, (client) => {
    const service = connect({ port: Number(port), host: '127.0.0.1' });
    for (const socket of [client, service]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('close', () => service.destroy());
    service.on('close', () => client.destroy());
    let carried = 0;
    const budget =
      rate === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : rate * (TICK_MS / 1000);
    // Read by the tick, so that the client feels how slow the line is.
    const timer = setInterval(() => {
      for (let room = budget; room > 0; ) {
        const chunk: Buffer | null = client.read(Math.min(room, client.readableLength));
        if (!chunk) break;
        room -= chunk.length;
        carried += chunk.length;
        taken.push(chunk);
        setTimeout(() => service.writable && service.write(chunk), delay);
        if (left > 0 && carried > cutAfter) {
          left -= 1;
          cuts += 1;
          client.resetAndDestroy();
          return;
        }
      }
    }, TICK_MS);
    client.on('close', () => clearInterval(timer));
    // Without a listener nothing is read from the network.
    client.on('readable', () => {});
    service.on('data', (chunk) => setTimeout(() => client.writable && client.write(chunk), delay));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    sent: () => Buffer.concat(taken),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
