import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../web/html.ts';
import { OutboxPage } from './pages/outbox.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

const OUTBOX_SHOWN = 50;

/** The outbox. */
export function moderationPages(tools: ModerationTools) {
  return {
    async outbox(request: FastifyRequest, reply: FastifyReply) {
      const rows = await tools.store.outbox.list(OUTBOX_SHOWN);
      const page = staffPage(request, reply);
      return sendPage(reply, <OutboxPage page={page} rows={rows} sending={tools.sending} />);
    },
  };
}
