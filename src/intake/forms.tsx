import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { embassyName } from '../campaign/embassy-name.ts';
import type { ReceiptRow } from '../store/submissions.ts';
import { EXPOSURES, type Exposure } from '../submission/exposure.ts';
import { groupReceipt } from '../submission/receipt.ts';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import type { RejectionReason } from '../submission/states.ts';
import type { FormRefusal } from '../web/components/form.tsx';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { ownChecks } from './api.ts';
import { ReceiptPage } from './pages/receipt.tsx';
import { SendPage } from './pages/send.tsx';
import { SentPage } from './pages/sent.tsx';
import { StatusPage } from './pages/status.tsx';
import { WithdrawPage } from './pages/withdraw.tsx';
import { WithdrawnPage } from './pages/withdrawn.tsx';
import { findByReceipt, lowerExposure, withdraw } from './receipt.ts';
import { type Received, receive, refuseWhenOver } from './receive.ts';
import type { IntakeTools } from './tools.ts';

type Fields = Record<string, string | undefined>;

/** The supporters' pages: the same acts as the API, in forms that need neither scripts nor cookies. */
export function intakeForms(tools: IntakeTools) {
  const embassies = [...tools.embassies.values()];

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    values: Fields,
    refusal?: FormRefusal,
  ) {
    const idempotencyKey = values.idempotencyKey ?? randomBytes(18).toString('base64url');
    const page = pageContext(request);
    return sendPage(
      reply,
      <SendPage
        page={page}
        embassies={embassies}
        values={values as Record<string, string>}
        refusal={refusal}
        idempotencyKey={idempotencyKey}
      />,
    );
  }

  function showStatus(
    request: FastifyRequest,
    reply: FastifyReply,
    row: ReceiptRow,
    lowered = false,
  ) {
    const { receipt = '' } = request.body as Fields;
    const refused = row.state === 'refused';
    const page = pageContext(request);
    return sendPage(
      reply,
      <StatusPage
        page={page}
        receipt={receipt}
        state={row.state}
        embassyName={embassyName(page.say, row.embassy)}
        city={row.city}
        exposure={row.exposure}
        reason={refused ? undefined : ((row.reason as RejectionReason) ?? undefined)}
        reply={row.reply ?? undefined}
        refusal={refused ? (row.reason as RefusalCode) : undefined}
        removed={row.facts?.removed ?? []}
        lowered={lowered}
      />,
    );
  }

  return {
    async send(request: FastifyRequest, reply: FastifyReply) {
      refuseWhenOver(tools);
      const { embassy: wanted } = request.query as Fields;
      const embassy = tools.embassies.get(wanted ?? '');
      return showForm(request, reply, embassy ? { embassy: embassy.slug, city: embassy.city } : {});
    },

    async submit(request: FastifyRequest, reply: FastifyReply) {
      const typed: Record<string, string> = Object.create(null);
      const page = pageContext(request);
      let received: Received;
      try {
        received = await receive(tools, request, page.say.locale, { typed, keepDraft: true });
      } catch (error) {
        if (!(error instanceof Refusal) || isNoFormsFault(error)) throw error;
        const { code, fields, status, retryAfter, extra } = error;
        if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
        // A refused photo has used its key and its draft up.
        const again = code.startsWith('photo-') && { idempotencyKey: undefined, draft: undefined };
        const values = { ...typed, ...extra, ...again };
        return showForm(request, reply.code(status), values, { code, fields, retryAfter });
      }
      const { receipt, row } = received;
      const state = row.state === 'received' ? 'received' : 'waiting';
      return sendPage(
        reply.code(state === 'received' ? 202 : 201),
        <SentPage
          page={page}
          receipt={groupReceipt(receipt)}
          state={state}
          removed={row.facts?.removed ?? []}
          checks={ownChecks(row)}
        />,
      );
    },

    async ask(request: FastifyRequest, reply: FastifyReply) {
      // Somebody may have put a receipt into the address: no link carries it on.
      const page = { ...pageContext(request), query: undefined };
      return sendPage(reply, <ReceiptPage page={page} />);
    },

    status: answering(async (request, reply) => {
      return showStatus(request, reply, await findByReceipt(tools, typedReceipt(request)));
    }),

    lower: answering(async (request, reply) => {
      const { exposure = '' } = request.body as Fields;
      if (!isExposure(exposure)) throw new Refusal('request-invalid');
      const row = await lowerExposure(tools, typedReceipt(request), exposure);
      return showStatus(request, reply, row, true);
    }),

    withdraw: answering(async (request, reply) => {
      const page = pageContext(request);
      const receipt = typedReceipt(request);
      if ((request.body as Fields).confirmed === 'yes') {
        await withdraw(tools, receipt);
        return sendPage(reply, <WithdrawnPage page={page} />);
      }
      const { state, embassy } = await findByReceipt(tools, receipt);
      if (state === 'withdrawn') return sendPage(reply, <WithdrawnPage page={page} />);
      const name = embassyName(page.say, embassy);
      return sendPage(reply, <WithdrawPage page={page} receipt={receipt} embassyName={name} />);
    }),
  };
}

/** What no other form would change. */
function isNoFormsFault({ code }: Refusal): boolean {
  return code === 'unexpected' || code === 'campaign-over' || code === 'campaign-stopped';
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A wrong receipt leads back to the page that asks for it. */
function answering(handler: Handler): Handler {
  return async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'receipt-unknown') throw error;
      const refusal = { code: error.code, fields: [{ field: 'receipt', code: 'receipt-unknown' }] };
      const page = <ReceiptPage page={pageContext(request)} refusal={refusal} />;
      return sendPage(reply.code(error.status), page);
    }
  };
}

function typedReceipt(request: FastifyRequest): string {
  return (request.body as Fields | undefined)?.receipt ?? '';
}

function isExposure(text: string): text is Exposure {
  return EXPOSURES.some((exposure) => exposure === text);
}
