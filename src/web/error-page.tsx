import type { MessageKey } from '../i18n/messages.ts';
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
  const [path, label] = wayOn(page, code);
  return (
    <Layout page={page} title={say(`refusal.${code}.title`)} plain={code === 'campaign-stopped'}>
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
        <a class="button" href={href(page, path)}>
          {say(label)}
        </a>
      </p>
    </Layout>
  );
}

/** Where to go from here. */
function wayOn({ path }: PageContext, code: RefusalCode): [path: string, label: MessageKey] {
  if (code === 'campaign-stopped') return ['/receipt', 'nav.receipt'];
  if (path.startsWith('/gallery/')) return ['/gallery', 'home.look'];
  if (code === 'sign-in-stale') return ['/moderation/sign-in', 'sign-in.stale.link'];
  if (path.startsWith('/moderation')) return ['/moderation', 'error.to-queue'];
  return ['/', 'error.to-home'];
}
