import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutLine {
  url: string;
  /** How often it was cut so far. */
  cuts(): number;
  /** Everything clients sent, in the order of their connections. */
  sent(): Buffer;
  /**
   * Closes the connections there are. Browsers hide the break of a connection they used before by
   * trying again themselves; the break of a fresh one is told to the page.
   */
  hangUp(): void;
  /** From now on nothing is cut any more. */
  heal(): void;
  close(): Promise<void>;
}

export interface CutLineOptions {
  /** Cuts the line whenever a connection has carried so many bytes of a body, so many times. */
  cutAfter?: number;
  cuts?: number;
}

/** A bad connection: a TCP proxy that breaks. */
export async function openCutLine(target: string, options: CutLineOptions = {}): Promise<CutLine> {
  const { port } = new URL(target);
  const { cutAfter = 0 } = options;
  let left = options.cuts ?? 0;
  let cuts = 0;
  const taken: Buffer[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
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
    client.on('data', (chunk) => {
      carried += chunk.length;
      taken.push(chunk);
      service.write(chunk);
      if (left === 0 || carried <= cutAfter) return;
      left -= 1;
      cuts += 1;
      client.resetAndDestroy();
    });
    service.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    heal: () => {
      left = 0;
    },
    sent: () => Buffer.concat(taken),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
