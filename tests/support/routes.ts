import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { openResources } from '../../src/resources.ts';
import type { Audience } from '../../src/web/audience.tsx';
import { SECRET_KEY } from './service.ts';

export interface Route {
  method: string;
  /** As declared: `/photos/:id/:file`. */
  url: string;
  /** Who may call it. */
  audience: Audience | undefined;
}

/** Fastify announces every app it makes here, before any route is declared. */
const CHANNEL = 'fastify.initialization';

/** The route table of the app, listed as its routes are declared. */
export async function listRoutes(): Promise<Route[]> {
  const declared: RouteOptions[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => void declared.push(route));
  };
  const folder = await mkdtemp(join(tmpdir(), 'compete-routes-'));
  const resources = await openResources(
    readConfig({
      SECRET_KEY,
      DATABASE_URL: `file:${folder}/data.db`,
      UPLOADS_DIR: join(folder, 'uploads'),
      LOG_LEVEL: 'silent',
    }),
  );
  subscribe(CHANNEL, listen);
  try {
    const app = await openApp(resources);
    await app.ready();
    await app.close();
  } finally {
    unsubscribe(CHANNEL, listen);
    await resources.close();
    await rm(folder, { recursive: true, force: true });
  }
  return declared.flatMap(({ method, url, config }) =>
    [method].flat().map((each) => ({ method: each, url, audience: config?.audience })),
  );
}
