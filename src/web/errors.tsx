import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Say } from '../i18n/say.ts';
import { fieldSentence } from '../i18n/sentences.ts';
import { Refusal, type RefusalCode } from '../submission/refusals.ts';
import { ErrorPage } from './error-page.tsx';
import { sendPage } from './html.ts';
import { pageContext } from './request.ts';
import { logTry } from './tried.ts';

/** Names our problem types without promising a page: RFC 4151 tags never collide nor go stale. */
const PROBLEM_TYPE = 'tag:compete4equality,2026:problem/';

/** What Fastify and its plugins refuse by themselves, in our words. */
const KNOWN: Record<string, RefusalCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'form-too-large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type',
  FST_PARTS_LIMIT: 'form-too-large',
  FST_FIELDS_LIMIT: 'form-too-large',
  FST_FILES_LIMIT: 'photo-too-many',
  FST_REQ_FILE_TOO_LARGE: 'photo-too-large',
  FST_PROTO_VIOLATION: 'form-malformed',
  FST_CSRF_MISSING_SECRET: 'csrf-invalid',
  FST_CSRF_INVALID_TOKEN: 'csrf-invalid',
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EROFS: 'storage-off',
  EACCES: 'storage-off',
  EPERM: 'storage-off',
  EIO: 'storage-off',
  STORE_DOWN: 'storage-off',
  EMFILE: 'busy',
  ESTALE: 'busy',
  ENFILE: 'busy',
  P1008: 'busy',
  P2024: 'busy',
  P2028: 'busy',
};
const BY_STATUS: Record<number, RefusalCode> = {
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'form-too-large',
  415: 'media-type',
  416: 'range-invalid',
  429: 'too-many-requests',
};
/** What whoever runs the service has to look into. */
const TROUBLES = new Set<RefusalCode>(['unexpected', 'storage-off']);
/** What passes. */
const SHORTAGES = new Set<RefusalCode>(['busy', 'storage-full', 'storage-off']);
/** Seconds to stay away when the service is short of something. */
const COME_BACK = 30;

/** The one place where a "no" becomes an answer, and where the unexpected is logged. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answer(error, request, reply));
  app.setNotFoundHandler((request, reply) => answer(new Refusal('not-found'), request, reply));
}

/** Answers with the refusal that `error` is or stands for: as a page to people, as RFC 9457 to programs. */
export function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (TROUBLES.has(refusal.code)) request.log.error({ err: error }, 'request failed');
  logTry(request, refusal.code);
  if (refusal.retryAfter !== undefined) reply.header('retry-after', String(refusal.retryAfter));
  reply.code(refusal.status).header('cache-control', 'no-store');
  const page = pageContext(request);
  if (wantsPage(request)) {
    const { code, fields, retryAfter } = refusal;
    const notice = <ErrorPage page={page} code={code} fields={fields} retryAfter={retryAfter} />;
    return sendPage(reply, notice);
  }
  const body = JSON.stringify(problem(refusal, page.say));
  return reply.type('application/problem+json').serializer(String).send(body);
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((issue) => ({
      field: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      code: 'choice-unknown',
    }));
    return new Refusal('request-invalid', { fields, cause: error });
  }
  const { code = '', statusCode = 500 } = error as FastifyError;
  const status =
    statusCode >= 400 && statusCode < 500
      ? (BY_STATUS[statusCode] ?? 'request-invalid')
      : undefined;
  const known = KNOWN[code] ?? status ?? 'unexpected';
  const passes = SHORTAGES.has(known);
  return new Refusal(known, { cause: error, ...(passes && { retryAfter: COME_BACK }) });
}

/** RFC 9457 problem details. */
function problem(refusal: Refusal, say: Say): object {
  const { code, status, fields, extra } = refusal;
  return {
    type: PROBLEM_TYPE + code,
    title: say(`refusal.${code}.title`),
    status,
    detail: say(`refusal.${code}.detail`),
    code,
    ...(fields.length > 0 && {
      errors: fields.map((error) => ({ ...error, message: fieldSentence(say, error) })),
    }),
    ...extra,
  };
}

function wantsPage(request: FastifyRequest): boolean {
  const forPeople = !/^\/(api|photos|assets|metrics|health)\//.test(request.url);
  return forPeople && (request.headers.accept ?? '').includes('text/html');
}
