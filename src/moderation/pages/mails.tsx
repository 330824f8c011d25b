import type { QuietHours } from '../../quiet.ts';
import { Choices, Csrf, Field } from '../../web/components/form.tsx';
import { StaffLayout } from '../../web/layout.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { EVERY_CHOICES, type EveryChoice } from '../mails.ts';
import { TimeZones } from './time-zones.tsx';

export interface MailsPageProps {
  page: StaffContext;
  every: EveryChoice;
  quiet: QuietHours | null;
  /** Minutes between two mails where nothing else was chosen. */
  usualMinutes: number;
  /** Whether the reader has just saved. */
  saved: boolean;
}

/** What most people sleep through. */
const NIGHT = { from: 22, until: 7 };

/** When a moderator is told of waiting photos. */
export function MailsPage({ page, every, quiet, usualMinutes, saved }: MailsPageProps) {
  const { say } = page;
  return (
    <StaffLayout page={page} title={say('mails.title')} width="text">
      {saved && (
        <div class="notice done" role="status">
          <p>{say('mails.saved')}</p>
        </div>
      )}
      <h1>{say('mails.title')}</h1>
      <p class="lead">{say('mails.lead', { address: page.moderator ?? '' })}</p>
      <form method="post" action={href(page, '/moderation/mails')}>
        <Csrf page={page} />
        <Choices
          name="every"
          legend={say('mails.every')}
          hint={say('mails.every.hint')}
          chosen={every}
          options={EVERY_CHOICES.map((value) => ({
            value,
            label: say(`mails.every.${value}`, { minutes: usualMinutes }),
          }))}
        />
        <QuietFields page={page} quiet={quiet} />
        <p class="actions">
          <button type="submit">{say('mails.save')}</button>
        </p>
      </form>
    </StaffLayout>
  );
}

function QuietFields({ page: { say }, quiet }: Pick<MailsPageProps, 'page' | 'quiet'>) {
  const { from, until } = quiet ?? NIGHT;
  return (
    <fieldset class="field" aria-describedby="quiet-hint">
      <legend>{say('mails.quiet')}</legend>
      <p class="hint" id="quiet-hint">
        {say('mails.quiet.hint')}
      </p>
      <div class="option">
        <input type="checkbox" id="quiet" name="quiet" value="yes" checked={quiet !== null} />
        <label for="quiet">{say('mails.quiet.wanted')}</label>
      </div>
      <div class="pair-fields">
        <Hour name="from" label={say('mails.quiet.from')} chosen={from} />
        <Hour name="until" label={say('mails.quiet.until')} chosen={until} />
      </div>
      <Field name="timeZone" label={say('mails.quiet.zone')}>
        {(control) => (
          <select {...control}>
            <TimeZones chosen={quiet?.timeZone} locale={say.locale} />
          </select>
        )}
      </Field>
    </fieldset>
  );
}

function Hour({ name, label, chosen }: { name: string; label: string; chosen: number }) {
  return (
    <Field name={name} label={label}>
      {(control) => (
        <select {...control}>
          {Array.from({ length: 24 }, (_, hour) => (
            <option key={hour} value={String(hour)} selected={hour === chosen}>
              {`${hour}`.padStart(2, '0')}:00
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
