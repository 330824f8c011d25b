import { Csrf, Field } from '../../web/components/form.tsx';
import { href } from '../../web/page.ts';
import { filterQuery } from './item.ts';
import type { SubmissionPageProps } from './submission.tsx';

/** What the public reads, to be corrected while it may become or is public. */
export function EditForm({ page, filter, item, embassies, refusal }: SubmissionPageProps) {
  const { say } = page;
  if (item.state !== 'waiting' && item.state !== 'approved') return null;
  const action = `/moderation/submissions/${item.id}/details`;
  return (
    <details
      class="edit"
      open={refusal?.fields.some(({ field }) => field in { place: 1, city: 1, alt: 1 })}
    >
      <summary>{say('edit.title')}</summary>
      <form method="post" action={href(page, action, filterQuery(filter))}>
        <Csrf page={page} />
        <input type="hidden" name="version" value={item.version} />
        <p class="hint">{say(item.state === 'approved' ? 'edit.public' : 'edit.text')}</p>
        <Field name="place" label={say('send.embassy.label')}>
          {(control) => (
            <select {...control} autoComplete="off">
              {embassies.map(({ slug, name }) => (
                <option key={slug} value={slug} selected={slug === item.embassy.slug}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="city" label={say('send.city.label')}>
          {(control) => <input {...control} value={item.city} dir="auto" autoComplete="off" />}
        </Field>
        <Field name="alt" label={say('edit.alt')} hint={say('edit.alt.hint')}>
          {(control) => (
            <textarea {...control} rows={3} dir="auto" autoComplete="off">
              {item.alt ?? ''}
            </textarea>
          )}
        </Field>
        {item.name && <Hide name="hideName" label={say('edit.hide-name')} />}
        {item.message && <Hide name="hideMessage" label={say('edit.hide-message')} />}
        <button class="second" type="submit">
          {say('edit.submit')}
        </button>
      </form>
    </details>
  );
}

function Hide({ name, label }: { name: string; label: string }) {
  return (
    <div class="option">
      <input type="checkbox" id={`field-${name}`} name={name} value="yes" autoComplete="off" />
      <label for={`field-${name}`}>{label}</label>
    </div>
  );
}
