import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { codeWords } from './words.ts';

export interface OutboxRow {
  kind: string;
  state: string;
  attempts: number;
  /** A code, never a server's words. */
  lastError: string | null;
  /** Only while no mail server is set: then this page is where mails are read. */
  subject?: string | undefined;
  text?: string | undefined;
}

export interface OutboxPageProps {
  page: StaffContext;
  rows: readonly OutboxRow[];
  /** Whether a mail server is set. */
  sending: boolean;
}

export function OutboxPage({ page, rows, sending }: OutboxPageProps) {
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('outbox.title')} width="text">
      <h1>{say('outbox.title')}</h1>
      <p class="lead">{say(sending ? 'outbox.sending' : 'outbox.not-sending')}</p>
      <p>
        <a href={href(page, '/moderation/mails')}>{say('outbox.yours')}</a>
      </p>
      {rows.length === 0 && <p class="empty">{say('outbox.empty')}</p>}
      <ul class="mails">
        {rows.map((row, index) => (
          // Mails have no name of their own here, and their order does not change on a page.
          <li key={index}>
            <Mail page={page} row={row} />
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
}

function Mail({ page: { say }, row }: { page: StaffContext; row: OutboxRow }) {
  const { kind, state, attempts, lastError, subject, text } = row;
  return (
    <>
      <p>
        <strong>{codeWords(say, `mail.kind.${kind}`)}</strong> ·{' '}
        {codeWords(say, `mail.state.${state}`)} · {say('outbox.attempts', { count: attempts })}
      </p>
      {lastError && (
        <p class="hint">
          {say('outbox.last-error')} <code>{lastError}</code>
        </p>
      )}
      {text && (
        <details>
          <summary>{subject ?? say('outbox.read')}</summary>
          <pre>{text}</pre>
        </details>
      )}
    </>
  );
}
