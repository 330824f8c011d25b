import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import { sendPage } from './html.ts';
import { href } from './page.ts';
import { pageContext } from './request.ts';

/**
 * How far somebody has come, and how far a route wants them to have come; each includes those
 * behind it. `arriving`: the mailed link was used, and the passkey is still to come. `registering`:
 * a passkey is required, and there is none yet.
 */
export const AUDIENCES = ['strangers', 'arriving', 'registering', 'moderators', 'admins'] as const;
export type Audience = (typeof AUDIENCES)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call a route. Those of the staff side declare it one by one, others by the room. */
    audience?: Audience;
    /** Whether they need to have signed in a moment ago. */
    fresh?: boolean;
  }
}

/** What somebody lacks who has come only so far. */
const LACKING: Record<Audience, RefusalCode> = {
  strangers: 'sign-in-needed',
  arriving: 'passkey-needed',
  registering: 'passkey-missing',
  moderators: 'admins-only',
  admins: 'admins-only',
};

/**
 * Keeps the service from starting when a route of `app`, or of anything registered in it, declares
 * no audience. Comes before all routes.
 */
export function needAudiences(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ config }) => !config?.audience);
    const names = undeclared.map(({ method, url }) => `${method} ${url}`);
    if (names.length > 0) throw new Error(`No audience is declared for ${names.join(', ')}`);
  });
}

/** Declares that anybody may call the routes of `app`, those its plugins make among them. */
export function openToStrangers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { audience: 'strangers', ...route.config };
  });
}

/**
 * Lets each route of `app` be called by whom it declares, and nobody else. A route that declares
 * nobody keeps the service from starting.
 */
export function guardAudiences(app: FastifyInstance, signInPath: string): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.audience) throw new Error(`${method} ${url} declares no audience`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { audience = 'admins', fresh } = request.routeOptions.config;
    if (rank(request.standing) >= rank(audience)) {
      if (fresh && !request.fresh) throw new Refusal('sign-in-stale');
    } else if (request.standing === 'moderators' || !wantsPage(request)) {
      throw new Refusal(LACKING[request.standing]);
    } else {
      await leadToSignIn(request, reply, signInPath);
    }
  });
}

const rank = (audience: Audience) => AUDIENCES.indexOf(audience);

function wantsPage({ method, url }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/');
}

/**
 * Coming from another site, a mail's link for example, the browser has not sent the strict session
 * cookie: one reload by our own page, and it does.
 */
async function leadToSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  signInPath: string,
): Promise<void> {
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    const path = request.url.split('?', 1)[0];
    await sendPage(reply, <meta http-equiv="refresh" content={`0; url=${path}`} />);
    return;
  }
  await reply.redirect(href(pageContext(request), signInPath), 303);
}
