import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another site, on another origin, whose policy lets in nothing but `origin`. */
export interface Host {
  url: string;
  /** What it serves, by path. */
  pages: Record<string, string>;
  close(): void;
}

/** Opens a site that embeds us. Its pages are the bodies in `pages`, whatever a policy thinks. */
export async function openHost(origin: string): Promise<Host> {
  const own = ['script-src', 'img-src', 'connect-src', 'style-src', 'frame-src'];
  const policy = ["default-src 'none'", ...own.map((directive) => `${directive} ${origin}`)];
  const pages: Record<string, string> = {};
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    response.statusCode = body === undefined ? 204 : 200;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', policy.join('; '));
    response.end(
      body &&
        `<!DOCTYPE html><html lang="en"><head><title>A campaign site</title></head><body><main><h1>Photos</h1>${body}</main></body></html>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pages,
    close: () => void server.close(),
  };
}
