import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { type LogChoices, LogFilter } from './log-filter.tsx';
import { codeWords, reasonWords } from './words.ts';

export interface LogRow {
  /** Where the entry stands in the chain. */
  number: number;
  /** ISO 8601. */
  at: string;
  /** Empty: somebody at the command line. */
  moderator: string;
  decision: string;
  submissionId: string | null;
  /** The moderator whom it was done to. */
  about: string | null;
  reason: string | null;
  note: string | null;
  criteria: Record<string, boolean> | null;
  hoursWaited: number | null;
}

export interface LogPageProps {
  page: StaffContext;
  rows: readonly LogRow[];
  nextCursor: string | null;
  choices: LogChoices;
  /** Names by id: whose deeds one may ask for. */
  people: ReadonlyMap<string, string>;
}

export function LogPage({ page, rows, nextCursor, choices, people }: LogPageProps) {
  const { say } = page;
  const filtered = Object.values(choices).some(Boolean);
  return (
    <StaffLayout page={page} title={say('log.title')}>
      <h1>{say('log.title')}</h1>
      <p class="lead">{say('log.lead')}</p>
      <LogFilter page={page} choices={choices} people={people} filtered={filtered} />
      {rows.length === 0 && <p class="empty">{say(filtered ? 'log.none' : 'log.empty')}</p>}
      {byDay(rows).map((day) => (
        <Day key={day[0]?.number} page={page} rows={day} />
      ))}
      {rows.length > 0 && (
        <p class="actions">
          {nextCursor && (
            <a
              class="button second"
              rel="next"
              href={href(page, '/moderation/log', { ...choices, cursor: nextCursor })}
            >
              {say('log.older')}
            </a>
          )}
          <a
            class="button second"
            href={href(page, '/moderation/log.csv', { ...choices })}
            download
          >
            {say('log.csv')}
          </a>
        </p>
      )}
    </StaffLayout>
  );
}

/** Rows as they are, cut where another day begins. */
function byDay(rows: readonly LogRow[]): LogRow[][] {
  const days: LogRow[][] = [];
  for (const row of rows) {
    const day = days.at(-1);
    if (day?.[0]?.at.slice(0, 10) === row.at.slice(0, 10)) day.push(row);
    else days.push([row]);
  }
  return days;
}

function Day({ page, rows }: { page: StaffContext; rows: LogRow[] }) {
  return (
    <section class="log-day">
      <h2>{page.say.day(rows[0]?.at ?? '')}</h2>
      <ol class="log">
        {rows.map((row) => (
          <li key={row.number}>
            <Entry page={page} row={row} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Entry({ page, row }: { page: StaffContext; row: LogRow }) {
  const { say } = page;
  const { number, at, moderator, decision, submissionId, about, reason, note } = row;
  return (
    <>
      <p class="log-when">
        <time dateTime={at}>{say.time(at)}</time> <span class="soft">#{number}</span>
      </p>
      <p>
        <strong>{codeWords(say, `decision.${decision}`)}</strong>{' '}
        {submissionId && (
          <a href={href(page, `/moderation/submissions/${submissionId}`)}>
            <span class="hidden">{say('log.photo')} </span>
            <code>{submissionId.slice(0, 8)}</code>
          </a>
        )}
        {about && <bdi>{about}</bdi>}
      </p>
      <p class="soft">
        <bdi>{moderator || say('log.command-line')}</bdi>
      </p>
      <div class="log-why">
        {reason && <p>{reasonWords(say, reason)}</p>}
        {note && <p dir="auto">{note}</p>}
      </div>
    </>
  );
}
