import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../web/html.ts';
import { sayFor } from '../web/request.ts';
import { type LogChoice, type LogQuery, readLog, readPeople, readWholeLog } from './log.ts';
import { logFile } from './log-file.ts';
import { LogPage } from './pages/log.tsx';
import { staffPage } from './staff-page.ts';
import type { ModerationTools } from './tools.ts';

/** What moderators read and set beside the queue. */
export function office(tools: ModerationTools) {
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
  };
}
