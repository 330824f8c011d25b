import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderPage } from './page.ts';

/** Answers with a page. */
// biome-ignore lint/suspicious/noExplicitAny: a page may have props of any kind
export function sendPage(reply: FastifyReply, page: VNode<any>): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(renderPage(page));
}
