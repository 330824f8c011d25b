import { fieldSentence } from '../../i18n/sentences.ts';
import { Csrf, ErrorSummary, Field, type FormRefusal } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { Webhook, type WebhookItem } from './webhook.tsx';

/** What has just been done, as the address of the page says it. */
export const WEBHOOKS_DONE = ['removed', 'restarted', 'tested'] as const;

export interface WebhooksPageProps {
  page: StaffContext;
  webhooks: readonly WebhookItem[];
  /** Whether the reader signed in a moment ago: only then are sites added or removed. */
  fresh: boolean;
  /** How many passkeys the reader has. */
  passkeys: number;
  done?: (typeof WEBHOOKS_DONE)[number] | undefined;
  /** Of the one just added: it is shown this once. */
  added?: { host: string; secret: string } | undefined;
  refusal?: FormRefusal | undefined;
  /** What was typed when it was refused. */
  url?: string | undefined;
}

/** The sites that are called when photos come and go. For admins. */
export function WebhooksPage(props: WebhooksPageProps) {
  const { page, webhooks, fresh, passkeys, done, added, refusal } = props;
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('webhooks.title')} width="text" script="passkey">
      {done && (
        <p class="notice done" role="status">
          {say(`webhooks.done.${done}`)}
        </p>
      )}
      {refusal && (
        <ErrorSummary say={say} refusal={refusal} labels={{ url: say('webhooks.url') }} />
      )}
      <h1>{say('webhooks.title')}</h1>
      {added && <Secret page={page} {...added} />}
      <p class="lead">{say('webhooks.lead')}</p>
      <p>
        <a href={href(page, '/developers')}>{say('webhooks.explained')}</a>
      </p>
      {!fresh && <SignInAgain page={page} passkeys={passkeys} next="/moderation/webhooks" />}
      {webhooks.length === 0 && <p class="empty">{say('webhooks.empty')}</p>}
      <ul class="rows">
        {webhooks.map((webhook) => (
          <Webhook key={webhook.id} page={page} webhook={webhook} fresh={fresh} />
        ))}
      </ul>
      {fresh && <Add {...props} />}
    </StaffLayout>
  );
}

function Secret({
  page: { say },
  host,
  secret,
}: {
  page: StaffContext;
  host: string;
  secret: string;
}) {
  return (
    <section class="notice done" role="status">
      <h2>{say('webhooks.secret', { host })}</h2>
      <p>
        <code class="address">{secret}</code>
      </p>
      <p>{say('webhooks.secret.text')}</p>
    </section>
  );
}

function Add({ page, refusal, url }: WebhooksPageProps) {
  const { say } = page;
  const problem = refusal?.fields.find(({ field }) => field === 'url');
  const error = problem && fieldSentence(say, problem);
  return (
    <section>
      <h2>{say('webhooks.add')}</h2>
      <form method="post" action={href(page, '/moderation/webhooks')}>
        <Csrf page={page} />
        <Field name="url" label={say('webhooks.url')} hint={say('webhooks.url.hint')} error={error}>
          {(control) => (
            <input
              {...control}
              type="url"
              required
              autoComplete="off"
              value={url}
              maxLength={1000}
            />
          )}
        </Field>
        <button type="submit">{say('webhooks.submit')}</button>
      </form>
    </section>
  );
}
