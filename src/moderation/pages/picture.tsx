import type { Say } from '../../i18n/say.ts';
import type { Check } from '../../submission/photo.ts';
import { RENDITION_SIDES } from '../../submission/renditions.ts';
import { CheckList } from '../../web/components/findings.tsx';
import { href, type StaffContext } from '../../web/page.ts';
import { SPEAKS_OF } from './decision-fields.tsx';
import { filterQuery, type QueueItem } from './item.ts';
import type { SubmissionPageProps } from './submission.tsx';

/** The photo itself; it opens in full size. */
export function Picture({ page: { say }, item }: { page: StaffContext; item: QueueItem }) {
  if (!item.photo) return <p class="empty picture">{say('submission.no-picture')}</p>;
  const { url, width, height } = item.photo;
  return (
    <figure class="picture" data-part="picture">
      <a href={url} data-part="full">
        <img
          src={url}
          srcset={srcSet(item.photo) || undefined}
          sizes="(min-width: 62rem) 60vw, 100vw"
          width={width}
          height={height}
          alt={say('submission.photo-alt')}
        />
      </a>
      <dialog class="full-size" data-part="full-size" aria-label={say('keys.full')}>
        <form method="dialog">
          <button type="submit">{say('keys.done')}</button>
        </form>
      </dialog>
    </figure>
  );
}

/** A phone takes a smaller one, which is a third to send. Full size stays one tap away. */
function srcSet({ url, width, height }: NonNullable<QueueItem['photo']>): string {
  const [large, small] = [RENDITION_SIDES[2], RENDITION_SIDES[1]];
  const smallWidth = Math.round((width * small) / Math.max(width, height));
  const smallUrl = url.replace(`/${large}?`, `/${small}?`);
  return smallUrl === url ? '' : `${smallUrl} ${smallWidth}w, ${url} ${width}w`;
}

/** What the machine noticed, beside what it says about the criteria themselves. */
export function Hints({ say, checks }: { say: Say; checks: readonly Check[] }) {
  const others = checks.filter(({ code }) => !SPEAKS_OF[code]);
  const warnings = others.filter(({ outcome }) => outcome === 'warn');
  const fine = others.filter(({ outcome }) => outcome === 'pass');
  if (others.length === 0) return null;
  return (
    <section>
      <h2>{say('submission.checks')}</h2>
      {warnings.length > 0 && <CheckList say={say} checks={warnings} />}
      {fine.length > 0 && (
        <p class="hint">
          {say('desk.fine', { list: fine.map(({ code }) => say(`check.${code}`)).join(', ') })}
        </p>
      )}
    </section>
  );
}

/** Each look-alike beside this photo, so that the eye can compare. */
export function Similar({ page, filter, item, similar }: SubmissionPageProps) {
  const { say } = page;
  if (similar.length === 0) return null;
  return (
    <section>
      <h2>{say('submission.similar')}</h2>
      <ul class="similar">
        {similar.map(({ id, thumb, state }) => (
          <li key={id}>
            <figure>
              {item.thumb && <img src={item.thumb} alt="" loading="lazy" />}
              <figcaption>{say('desk.similar.this')}</figcaption>
            </figure>
            <a href={href(page, `/moderation/submissions/${id}`, filterQuery(filter))}>
              {thumb && <img src={thumb} alt={say('desk.similar.other')} loading="lazy" />}
              <span>{say(`state.${state}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
