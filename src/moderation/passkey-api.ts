import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../submission/refusals.ts';
import { moderatorOf } from './api.ts';
import type { passkeyBody, passkeyParams, passkeySchema } from './passkey-schemas.ts';
import { registerPasskey, registrationOptions } from './passkeys.ts';
import type { ModerationTools } from './tools.ts';

/** Calls about one's own passkeys. */
export function passkeyApi(tools: ModerationTools) {
  const { store, now } = tools;
  return {
    async list(request: FastifyRequest) {
      const passkeys = await store.passkeys.of(moderatorOf(request));
      return { items: passkeys.map(({ id, name, addedAt }) => view(id, name, addedAt)) };
    },

    options: (request: FastifyRequest, reply: FastifyReply) =>
      registrationOptions(tools, request, reply),

    async add(request: FastifyRequest, reply: FastifyReply) {
      const { credential, name } = request.body as z.output<typeof passkeyBody>;
      const { id } = await registerPasskey(tools, request, credential, name);
      return reply.code(201).send(view(id, name, now()));
    },

    async remove(request: FastifyRequest, reply: FastifyReply) {
      const { id } = request.params as z.output<typeof passkeyParams>;
      const removed = await store.passkeys.remove(moderatorOf(request), id, now());
      if (!removed) throw new Refusal('not-found');
      return reply.code(204).send();
    },
  };
}

function view(id: string, name: string, addedAt: Date): z.input<typeof passkeySchema> {
  return { id, name, addedOn: addedAt.toISOString().slice(0, 10) };
}
