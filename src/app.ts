import compress from '@fastify/compress';
import formbody from '@fastify/formbody';
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { galleryRoutes } from './gallery/routes.ts';
import { intakeRoutes } from './intake/routes.ts';
import { openIntake } from './intake/tools.ts';
import { mailsStopRoutes } from './moderation/mails-stop.tsx';
import { moderationRoutes } from './moderation/routes.ts';
import { signInRoutes } from './moderation/sign-in-routes.ts';
import { addDocs } from './operations/docs.ts';
import { health } from './operations/health.ts';
import { addMetrics } from './operations/metrics.ts';
import type { Resources } from './resources.ts';
import { serveAssets } from './web/assets.ts';
import { guardAudiences, needAudiences, openToStrangers } from './web/audience.tsx';
import { answerBroken, readableUrl } from './web/broken.ts';
import { addCsrf } from './web/csrf.ts';
import { answerErrors } from './web/errors.tsx';
import { addHeaders, privateAnswer } from './web/headers.ts';
import { letGoAtStop } from './web/leaving.ts';
import { addLimits, openClientKeys } from './web/limits.ts';
import { openMemory } from './web/memory.ts';
import { sameOriginOnly } from './web/origin.ts';
import { cutSlowBodies } from './web/pace.ts';
import { addSessions } from './web/session.ts';
import { closeWhenStopped } from './web/stopped.ts';
import { readOutBodies, refusePackedBodies } from './web/unread.ts';

/**
 * Slow clients: headers in ten seconds, a body of 20 MB at 40 kB/s in under ten minutes, and
 * never under 1 kB/s for half a minute.
 */
export const TIMEOUTS = {
  headers: 10_000,
  body: 600_000,
  check: 1_000,
  pace: { bytes: 30_000, windowMs: 30_000 },
};
/** JSON and plain forms; uploads have a limit of their own. */
const MAX_BODY_BYTES = 64 * 1024;

type CompilersFactory = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>;

/**
 * Zod's compilers from the start, for Fastify would first load its own: a fifth of the time to be
 * ready. Its types know none but its own here.
 */
const ZOD_COMPILERS = {
  buildValidator: () => validatorCompiler,
  buildSerializer: () => serializerCompiler,
} as unknown as CompilersFactory;

/** Builds the web application. It does not listen, and owns nothing it is handed. */
export async function openApp(resources: Resources, timeouts = TIMEOUTS): Promise<FastifyInstance> {
  const { config, keys, store, database, now } = resources;
  const secure = config.publicUrl.startsWith('https:');
  const app = Fastify({
    logger: loggerOptions(config.logLevel),
    // A request has no number of its own, and no logger: nothing is to be told of one.
    childLoggerFactory: (logger) => logger,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: timeouts.body,
    http: {
      headersTimeout: timeouts.headers,
      connectionsCheckingInterval: timeouts.check,
    },
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: answerBroken,
    rewriteUrl: readableUrl,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: ZOD_COMPILERS },
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  needAudiences(app);
  answerErrors(app);
  letGoAtStop(app);
  const clientOf = openClientKeys();
  await addLimits(app, clientOf);
  const { answerFromMemory, learnAnswers } = openMemory(() =>
    // Nothing kept is good once the campaign is stopped.
    store.stop.day() ? Number.NaN : database.publicVersion(),
  );
  answerFromMemory(app);
  readOutBodies(app);
  refusePackedBodies(app);
  cutSlowBodies(app, timeouts.pace);
  await addHeaders(app, secure);
  closeWhenStopped(app, () => store.stop.day() !== null);
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 2048 });
  learnAnswers(app);
  addDocs(app, config.publicUrl);
  app.addHook('onRequest', sameOriginOnly(config.publicUrl));
  addMetrics(app, store, config.metricsToken);

  await app.register(async (open) => {
    openToStrangers(open);
    const { live, ready } = health(resources);
    open.get('/health/live', { schema: { hide: true } }, live);
    open.get('/health/ready', { schema: { hide: true } }, ready);
    // A worker has nothing to say to people.
    if (config.role === 'worker') return;
    await open.register(serveAssets);
    const { publicUrl, photoBaseUrl: photosUrl } = config;
    await open.register(galleryRoutes, { ...resources, publicUrl, photosUrl });
    await open.register(async (supporters) => {
      await supporters.register(formbody);
      await supporters.register(intakeRoutes, openIntake(resources, clientOf));
    });
  });
  if (config.role === 'worker') return app;
  await app.register(async (staff) => {
    const { requirePasskeys } = config;
    staff.addHook('onRequest', privateAnswer);
    await addSessions(staff, { ...store, keys, secure, requirePasskeys, now });
    await addCsrf(staff);
    guardAudiences(staff, '/moderation/sign-in');
    await staff.register(formbody);
    const tools = {
      ...resources,
      onChange: database.onChange,
      publicUrl: config.publicUrl,
      secure,
      requirePasskeys,
      privateWebhooks: config.privateWebhooks,
      sending: resources.mailer.configured,
      log: app.log,
    };
    await staff.register(signInRoutes, tools);
    await staff.register(mailsStopRoutes, tools);
    await staff.register(moderationRoutes, tools);
  });
  return app;
}

/**
 * Errors are logged with the route as declared. There is no line per request: its time and the
 * client would tell who was in front of an embassy when.
 */
function loggerOptions(level: string) {
  return {
    level,
    base: null,
    serializers: {
      req: ({ method, routeOptions }: FastifyRequest) => ({ method, route: routeOptions.url }),
    },
  };
}
