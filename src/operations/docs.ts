import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { campaign } from '../campaign/campaign.ts';

/** Describes the routes' schemas as OpenAPI 3.1. Before the routes: it hears of them as they come. */
export async function addOpenApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: `${campaign.name}: photo action`,
        version: '1.0.0',
        description:
          'Send a photo, see what became of it, take it back; show the gallery; moderate.',
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
          receipt: { type: 'http', scheme: 'bearer', description: 'The receipt of a submission' },
        },
      },
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** Readable pages of the contract. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { validatorUrl: null, layout: 'BaseLayout' },
  });
}
