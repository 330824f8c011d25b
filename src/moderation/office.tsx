import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { href } from '../web/page.ts';
import { pageContext, sayFor } from '../web/request.ts';
import { moderatorOf } from './api.ts';
import { type LogChoice, type LogQuery, readLog, readPeople, readWholeLog } from './log.ts';
import { logFile } from './log-file.ts';
import { choiceOf, type mailsBody, settingsOf } from './mails.ts';
import { readNumbers } from './numbers.ts';
import { LogPage } from './pages/log.tsx';
import { MailsPage } from './pages/mails.tsx';
import { NumbersPage } from './pages/numbers.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

/** What moderators read and set beside the queue. */
export function office(tools: ModerationTools) {
  const { digests } = tools.store;
  return {
    async logPage(request: FastifyRequest, reply: FastifyReply) {
      const { limit: _, cursor: __, lang: ___, ...choices } = request.query as LogQuery;
      const { items, nextCursor } = await readLog(tools, request.query as LogQuery);
      const page = staffPage(request, reply);
      const people = await readPeople(tools);
      return sendPage(
        reply,
        <LogPage
          page={page}
          rows={items}
          nextCursor={nextCursor}
          choices={choices}
          people={people}
        />,
      );
    },

    log: (request: FastifyRequest) => readLog(tools, request.query as LogQuery),

    logFile(request: FastifyRequest, reply: FastifyReply) {
      const rows = readWholeLog(tools, request.query as LogChoice);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="log.csv"')
        .send(logFile(rows, sayFor(request)));
    },

    async numbersPage(request: FastifyRequest, reply: FastifyReply) {
      const page = staffPage(request, reply);
      const figures = await readNumbers(tools, page.say, page.admin);
      return sendPage(reply, <NumbersPage page={page} figures={figures} />);
    },

    numbers: (request: FastifyRequest) =>
      readNumbers(tools, sayFor(request), request.moderator?.role === 'admin'),

    async mailsPage(request: FastifyRequest, reply: FastifyReply) {
      const { saved } = request.query as { saved?: string };
      const settings = await digests.settings(moderatorOf(request));
      if (!settings) throw new Refusal('sign-in-needed');
      return sendPage(
        reply,
        <MailsPage
          page={staffPage(request, reply)}
          every={choiceOf(settings)}
          quiet={settings.quiet}
          usualMinutes={digests.usualMinutes}
          saved={saved === 'yes'}
        />,
      );
    },

    async setMails(request: FastifyRequest, reply: FastifyReply) {
      const form = request.body as z.output<typeof mailsBody>;
      await digests.choose(moderatorOf(request), settingsOf(form), tools.now());
      tools.bell.ring();
      const page = pageContext(request);
      return reply.redirect(href(page, '/moderation/mails', { saved: 'yes' }), 303);
    },
  };
}
