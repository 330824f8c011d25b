import { Field } from '../../web/components/form.tsx';
import { href, type PageContext } from '../../web/page.ts';
import { type Checked, MOST_CHECKED } from '../embed/check.ts';

/** Whether anything on a page was taken back: the question, and the answer once it was asked. */
export function KitCheck({ page, checked }: { page: PageContext; checked?: Checked }) {
  const { say } = page;
  return (
    <section id="check">
      <h2>{say('kit.check.title')}</h2>
      {checked && <Answer page={page} checked={checked} />}
      <p>{say('kit.check.text')}</p>
      <form method="post" action={href(page, '/embed/kit')}>
        <Field name="pasted" label={say('kit.check.label')} hint={say('kit.check.hint')}>
          {(control) => <textarea {...control} class="code" rows={6} required />}
        </Field>
        <button type="submit">{say('kit.check.submit')}</button>
      </form>
    </section>
  );
}

function Answer({ page, checked }: { page: PageContext; checked: Checked }) {
  const { say } = page;
  const { photos, cut } = checked;
  if (photos.length === 0) return <p class="notice">{say('kit.check.none')}</p>;
  const withdrawn = photos.filter(({ fate }) => fate === 'withdrawn').length;
  return (
    <div class={withdrawn ? 'notice wrong' : 'notice done'} role="status">
      <h3>{say('kit.check.withdrawn', { count: withdrawn })}</h3>
      {cut && <p>{say('kit.check.cut', { count: MOST_CHECKED })}</p>}
      <ul class="fates">
        {photos.map(({ id, fate }) => (
          <li key={id}>
            {fate === 'shown' ? (
              <a href={href(page, `/gallery/${id}`)}>
                <code>{id}</code>
              </a>
            ) : (
              <code>{id}</code>
            )}{' '}
            <strong>{say(`kit.check.fate.${fate}`)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
