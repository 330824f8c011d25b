import { fieldSentence } from '../i18n/sentences.ts';
import type { FieldError, RefusalCode } from '../submission/refusals.ts';
import { Layout } from './layout.tsx';
import { href, type PageContext } from './page.ts';

export interface ErrorPageProps {
  page: PageContext;
  code: RefusalCode;
  fields?: readonly FieldError[];
  /** Seconds until it makes sense to come back. */
  retryAfter?: number | undefined;
}

/** A "no" that has no form of its own to stand in. */
export function ErrorPage({ page, code, fields = [], retryAfter }: ErrorPageProps) {
  const { say } = page;
  const staff = page.path.startsWith('/moderation');
  return (
    <Layout page={page} title={say(`refusal.${code}.title`)}>
      <h1>{say(`refusal.${code}.title`)}</h1>
      <p class="lead">{say(`refusal.${code}.detail`)}</p>
      {fields.length > 0 && (
        <ul>
          {fields.map((error) => (
            <li key={error.field}>
              <code>{error.field}</code>: {fieldSentence(say, error)}
            </li>
          ))}
        </ul>
      )}
      {retryAfter !== undefined && (
        <p>{say('error.retry', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) })}</p>
      )}
      <p class="actions">
        {staff ? (
          <a class="button" href={href(page, '/moderation')}>
            {say('error.to-queue')}
          </a>
        ) : (
          <a class="button" href={href(page, '/')}>
            {say('error.to-home')}
          </a>
        )}
      </p>
    </Layout>
  );
}
