import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { campaign } from '../campaign/campaign.ts';
import { Refusal } from '../submission/refusals.ts';

/** Headers of the connection, not of the answer. */
const CONNECTION = ['connection', 'date', 'keep-alive', 'content-length'];

/**
 * The contract as OpenAPI 3.1 and as readable pages, made of the routes' schemas. Before the
 * routes: it hears of them as they come. The documents are a small application of their own that
 * is built when somebody first asks: nobody else waits for it at a start.
 */
export function addDocs(app: FastifyInstance, publicUrl: string): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  let docs: Promise<FastifyInstance> | undefined;

  async function answer({ url }: FastifyRequest, reply: FastifyReply) {
    docs ??= buildDocs(routes, publicUrl);
    const { statusCode, headers, rawPayload } = await (await docs).inject(url);
    if (statusCode === 404) throw new Refusal('not-found');
    for (const name of CONNECTION) delete headers[name];
    return reply.code(statusCode).headers(headers).send(rawPayload);
  }
  for (const url of ['/openapi.json', '/docs', '/docs/*']) {
    app.get(url, { config: { audience: 'strangers' }, schema: { hide: true } }, answer);
  }
}

async function buildDocs(routes: RouteOptions[], publicUrl: string): Promise<FastifyInstance> {
  const { default: swagger } = await import('@fastify/swagger');
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  const docs = Fastify({ exposeHeadRoutes: false });
  docs.setValidatorCompiler(() => () => true);
  docs.setSerializerCompiler(() => JSON.stringify);
  await docs.register(swagger, {
    openapi: openApi(publicUrl),
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  const described = routes.filter(({ schema }) => schema?.tags);
  for (const { method, url, schema = {} } of described) {
    docs.route({ method, url, schema, handler: () => undefined });
  }
  docs.get('/openapi.json', { schema: { hide: true } }, async () => docs.swagger());
  await docs.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { validatorUrl: null, layout: 'BaseLayout' },
  });
  await docs.ready();
  return docs;
}

function openApi(publicUrl: string) {
  return {
    openapi: '3.1.0' as const,
    info: {
      title: `${campaign.name}: photo action`,
      version: '1.0.0',
      description: 'Send a photo, see what became of it, take it back; show the gallery; moderate.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: 'supporters', description: 'Send a photo and follow it with the receipt' },
      {
        name: 'readers',
        description: 'What is public, for campaign sites, apps and journalists',
      },
      { name: 'moderators', description: 'Needs a session; changes need X-CSRF-Token' },
    ],
    components: {
      securitySchemes: {
        receipt: {
          type: 'http' as const,
          scheme: 'bearer',
          description: 'The receipt of a submission',
        },
      },
    },
  };
}
