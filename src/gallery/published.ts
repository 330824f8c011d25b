import { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Photos, PublishedFacts, PublishedObjects } from '../store/photos.ts';
import { Refusal } from '../submission/refusals.ts';
import { typeOfFile } from '../submission/renditions.ts';
import { isKnown } from '../web/etag.ts';

/** Sends what is published under a path, `{id}/{file}`; a part of it to who asks for one. */
export type SendPublished = (
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
) => FastifyReply | Promise<FastifyReply>;

/** From a folder as files are sent; from an object store by passing on what comes from there. */
export async function openPublished(
  app: FastifyInstance,
  { published }: Photos,
): Promise<SendPublished> {
  if (!('folder' in published)) {
    return (request, reply, path) => passOn(published, request, reply, path);
  }
  const options = { serve: false, cacheControl: false, lastModified: false } as const;
  await app.register(fastifyStatic, { root: published.folder, ...options });
  return (_, reply, path) => reply.sendFile(path);
}

async function passOn(
  objects: PublishedObjects,
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<FastifyReply> {
  const facts = await objects.look(path);
  if (!facts) throw new Refusal('not-found');
  const { size, etag } = facts;
  reply.header('etag', etag).header('accept-ranges', 'bytes').type(typeOfFile(path));
  if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send();
  const range = rangeOf(headers, facts);
  if (range === 'none of it') {
    reply.header('content-range', `bytes */${size}`);
    throw new Refusal('range-invalid');
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${first}-${last}/${size}`);
  reply.header('content-length', last - first + 1);
  // Of a stream Fastify believes the length that is declared.
  if (method === 'HEAD') return reply.send(Readable.from([]));
  const bytes = await objects.read(path, range ?? undefined);
  if (!bytes) throw new Refusal('not-found');
  return reply.send(bytes);
}

/** The one part that is asked for; null for all: servers may ignore ranges they do not like. */
function rangeOf(
  headers: FastifyRequest['headers'],
  { size, etag }: PublishedFacts,
): { first: number; last: number } | 'none of it' | null {
  const asked = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(headers.range ?? '');
  const since = headers['if-range'];
  if (!asked || (since && since !== etag)) return null;
  const [, from, to, tail] = asked;
  const first = tail === undefined ? Number(from) : Math.max(0, size - Number(tail));
  const last = to ? Math.min(Number(to), size - 1) : size - 1;
  if (first >= size || tail === '0') return 'none of it';
  return first > last ? null : { first, last };
}
