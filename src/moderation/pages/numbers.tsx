import { StaffLayout } from '../../web/layout.tsx';
import type { StaffContext } from '../../web/page.ts';
import type { Figures } from '../numbers.ts';
import { Bars, Columns } from './chart.tsx';
import { age } from './item.ts';
import { reasonWords } from './words.ts';

interface NumbersPageProps {
  page: StaffContext;
  figures: Figures;
}

export function NumbersPage({ page, figures }: NumbersPageProps) {
  const { say } = page;
  const { waited, reasons, embassies, moderators } = figures;
  const heads = (what: string) => [what, say('numbers.count')] as const;
  return (
    <StaffLayout page={page} title={say('numbers.title')}>
      <h1>{say('numbers.title')}</h1>
      <p class="lead">{say('numbers.lead', { weeks: figures.weeks.length })}</p>
      <Weeks page={page} figures={figures} />
      <section>
        <h2>{say('numbers.waited')}</h2>
        {waited ? (
          <dl class="tiles">
            <div>
              <dt>{say('numbers.median')}</dt>
              <dd>{age(say, waited.medianHours)}</dd>
            </div>
            <div>
              <dt>{say('numbers.p95')}</dt>
              <dd>{age(say, waited.p95Hours)}</dd>
            </div>
          </dl>
        ) : (
          <p>{say('numbers.none')}</p>
        )}
      </section>
      <div class="pair">
        <section>
          <h2>{say('numbers.reasons')}</h2>
          {reasons.length === 0 && <p>{say('numbers.none')}</p>}
          <Bars
            say={say}
            heads={heads(say('log.reason'))}
            rows={reasons.map(({ reason, count }) => ({
              label: reasonWords(say, reason),
              value: count,
            }))}
          />
        </section>
        <section>
          <h2>{say('numbers.embassies')}</h2>
          <p class="hint">{say('numbers.embassies.hint')}</p>
          <Bars
            say={say}
            heads={heads(say('send.embassy.label'))}
            rows={embassies.map(({ name, count }) => ({ label: name, value: count }))}
          />
        </section>
      </div>
      {moderators && <People page={page} people={moderators} />}
    </StaffLayout>
  );
}

const SERIES = [
  ['received', 'numbers.received'],
  ['approved', 'decision.approved'],
  ['rejected', 'decision.rejected'],
] as const;

/** Three charts of one scale, and the same as a table. */
function Weeks({ page: { say }, figures: { weeks } }: NumbersPageProps) {
  const most = Math.max(1, ...weeks.flatMap((week) => SERIES.map(([series]) => week[series])));
  return (
    <section>
      <h2>{say('numbers.weeks')}</h2>
      <div class="charts">
        {SERIES.map(([series, label]) => (
          <Columns
            key={series}
            say={say}
            label={say(label)}
            most={most}
            points={weeks.map((week) => ({ name: say.day(week.from), value: week[series] }))}
          />
        ))}
      </div>
      <p class="hint">{say('numbers.most', { count: most })}</p>
      <details>
        <summary>{say('numbers.table')}</summary>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{say('numbers.week')}</th>
              {SERIES.map(([series, label]) => (
                <th key={series} scope="col">
                  {say(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map((week) => (
              <tr key={week.from}>
                <th scope="row">{say.day(week.from)}</th>
                {SERIES.map(([series]) => (
                  <td key={series}>{say.number(week[series])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

interface PeopleProps {
  page: StaffContext;
  people: NonNullable<Figures['moderators']>;
}

function People({ page: { say }, people }: PeopleProps) {
  const parts = ({ approved, rejected, reopened }: PeopleProps['people'][number]) =>
    [
      `${say('decision.approved')} ${say.number(approved)}`,
      `${say('decision.rejected')} ${say.number(rejected)}`,
      `${say('decision.reopened')} ${say.number(reopened)}`,
    ].join(' · ');
  return (
    <section>
      <h2>{say('numbers.people')}</h2>
      <p class="hint">{say('numbers.people.hint')}</p>
      {people.length === 0 && <p>{say('numbers.none')}</p>}
      <Bars
        say={say}
        heads={[say('log.moderator'), say('numbers.count')]}
        rows={people.map((person) => ({
          label: person.name || say('log.command-line'),
          value: person.count,
          note: parts(person),
        }))}
      />
    </section>
  );
}
