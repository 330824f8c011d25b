import type { FastifyRequest } from 'fastify';
import { asLocale, matchLocale } from '../i18n/match.ts';
import { sayIn } from '../i18n/say.ts';
import type { PageContext } from './page.ts';

/** Speaks the language a request asks for, by `?lang=` or by the browser's preferences. */
export function sayFor(request: FastifyRequest) {
  return sayIn(matchLocale(request.headers['accept-language'], wantedLang(request)));
}

export function pageContext(request: FastifyRequest): PageContext {
  return {
    say: sayFor(request),
    path: request.url.split('?', 1)[0] ?? '/',
    query: request.method === 'GET' ? plainQuery(request) : undefined,
    lang: asLocale(wantedLang(request)),
  };
}

function plainQuery(request: FastifyRequest): Record<string, string> {
  const entries = Object.entries((request.query ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function wantedLang(request: FastifyRequest): string | undefined {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  return typeof lang === 'string' ? lang : undefined;
}
