import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { codeWords, reasonWords } from './words.ts';

export interface LogRow {
  /** ISO 8601. */
  at: string;
  moderator: string;
  decision: string;
  submissionId: string | null;
  reason: string | null;
  note: string | null;
}

export interface LogPageProps {
  page: StaffContext;
  rows: readonly LogRow[];
  nextCursor: string | null;
}

export function LogPage({ page, rows, nextCursor }: LogPageProps) {
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('log.title')}>
      <h1 id="log-title">{say('log.title')}</h1>
      <p class="lead">{say('log.lead')}</p>
      {rows.length === 0 ? (
        <p class="empty">{say('log.empty')}</p>
      ) : (
        <Rows page={page} rows={rows} />
      )}
      {nextCursor && (
        <p class="actions">
          <a
            class="button second"
            rel="next"
            href={href(page, '/moderation/log', { cursor: nextCursor })}
          >
            {say('log.older')}
          </a>
        </p>
      )}
    </StaffLayout>
  );
}

/** Wider than a phone: it scrolls by itself, and by keyboard too. */
function Rows({ page, rows }: Pick<LogPageProps, 'page' | 'rows'>) {
  const { say } = page;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by its focus
    <section class="scroll" aria-labelledby="log-title" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('log.at')}</th>
            <th scope="col">{say('log.moderator')}</th>
            <th scope="col">{say('log.decision')}</th>
            <th scope="col">{say('log.photo')}</th>
            <th scope="col">{say('log.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, moderator, decision, submissionId, reason, note }) => (
            <tr key={`${at} ${submissionId} ${decision}`}>
              <td>
                <time dateTime={at}>{say.moment(at)}</time>
              </td>
              <td>{moderator}</td>
              <td>{codeWords(say, `decision.${decision}`)}</td>
              <td>
                {submissionId && (
                  <a href={href(page, `/moderation/submissions/${submissionId}`)}>
                    <code>{submissionId.slice(0, 8)}</code>
                  </a>
                )}
              </td>
              <td>
                {reason && <p>{reasonWords(say, reason)}</p>}
                {note && <p dir="auto">{note}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
