import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../i18n/messages.ts';
import type { Say } from '../i18n/say.ts';

type Query = Readonly<Record<string, string | null | undefined>>;

/** What every page knows of the request it answers. */
export interface PageContext {
  say: Say;
  /** Address of the page by GET, without query: marks "you are here" and the language links. */
  path: string;
  /** What the page was asked for beside its language; kept when another language is chosen. */
  query?: Query | undefined;
  /** The language `?lang=` asked for. Links carry it on, for there is no cookie to remember it. */
  lang?: Locale | undefined;
}

/** A page of signed-in staff, or of somebody about to sign in (`moderator` null). */
export interface StaffContext extends PageContext {
  csrf: string;
  /** Address of the signed-in moderator. */
  moderator: string | null;
  /** Whether they are an admin. */
  admin: boolean;
}

/** The address of a page of this site, with the filled values of `query` and the language. */
export function href(page: PageContext, path: string, query: Query = {}): string {
  const filled = Object.entries({ ...query, lang: page.lang }).filter(([, value]) => value);
  const search = new URLSearchParams(filled as [string, string][]).toString();
  return search ? `${path}?${search}` : path;
}

export function renderPage(page: VNode): string {
  return `<!DOCTYPE html>${renderToString(page)}`;
}
