import { readFileSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { root } from '../root.ts';

/** What vite built, each file named after its content. */
const built = new URL('dist/web/assets/', root);

type Manifest = Record<string, { file: string }>;
let manifest: Manifest | undefined;

/** One for each build of vite.config.ts. */
const MANIFESTS = ['client', 'pages', 'gallery', 'staff'].map((name) => `manifest-${name}.json`);

function read(name: string): Manifest {
  return JSON.parse(readFileSync(new URL(name, built), 'utf8')) as Manifest;
}

/** The address of what browsers load, by its path in `src`, such as `browser/send.ts`. */
export function asset(path: string): string {
  manifest ??= Object.assign({}, ...MANIFESTS.map(read)) as Manifest;
  const entry = manifest[path];
  if (!entry) throw new Error(`${path} is not built: npm run build`);
  return `/assets/${entry.file}`;
}

let script: string | undefined;

/** What `<photo-gallery>` is: the one script that other sites load, with all it needs in it. */
export function embedScript(): string {
  script ??= readFileSync(new URL('../embed/embed.js', built), 'utf8');
  return script;
}

/**
 * Serves the built assets. Another content has another name, so that they are kept for ever.
 * The policy is that of the workers among them, which do not take over the page's: they may run
 * WebAssembly (HEIC) and load the model of the face detector, and nothing else.
 */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', WORKER_POLICY);
    // Nothing here is secret, and our frame may stand in a sandbox, where it is of no origin.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('access-control-allow-origin', '*');
  });
  await app.register(fastifyStatic, {
    prefix: '/assets/',
    root: built,
    decorateReply: false,
    maxAge: '1y',
    immutable: true,
  });
}

const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'";
