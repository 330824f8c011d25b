import type { ComponentChildren } from 'preact';
import { campaign } from '../../campaign/campaign.ts';
import { PARTICIPANTS } from '../../submission/form.ts';
import type { EmbassyChoice } from '../../web/components/embassies.tsx';
import { Field, KeepLanguage } from '../../web/components/form.tsx';
import { type GalleryItem, PhotoGrid } from '../../web/components/photos.tsx';
import { Words } from '../../web/components/words.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import { PlaceFields } from './place-fields.tsx';
import { WORDS } from './words.ts';

export interface GalleryFilters {
  embassy?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  participant?: string | undefined;
}

export interface GalleryPageProps {
  page: PageContext;
  items: readonly GalleryItem[];
  nextCursor: string | null;
  total: number;
  filters: GalleryFilters;
  embassies: readonly EmbassyChoice[];
  /** More for the head of the page. */
  head?: ComponentChildren;
}

/** Photos likely in view when the page opens. */
const EAGER = 4;

export function GalleryPage(props: GalleryPageProps) {
  const { page, items, nextCursor, total, filters, head } = props;
  const { say } = page;
  const filtered = isFiltered(filters);
  return (
    <Layout page={page} title={say('gallery.title')} width="full" script="gallery" head={head}>
      <h1>{say('gallery.title')}</h1>
      <p class="lead">{say('gallery.lead', { count: total, slogan: campaign.slogan })}</p>
      <details class="filter" open={filtered}>
        <summary>{say('gallery.filter.title')}</summary>
        <FilterForm {...props} />
      </details>
      {items.length === 0 ? (
        <Empty page={page} filters={filters} />
      ) : (
        <PhotoGrid page={page} items={items} eager={EAGER} stories />
      )}
      {nextCursor && (
        <p class="actions" data-part="more">
          <a
            class="button second"
            rel="next"
            href={href(page, '/gallery', { ...filters, cursor: nextCursor })}
          >
            {say('gallery.next')}
          </a>
        </p>
      )}
      <p class="hint" role="status" data-part="shown" data-total={total} />
      <Words say={say} words={WORDS} />
      {items.length > 0 && (
        <p class="ways-on">
          <a href={href(page, '/mosaic')}>{say('mosaic.link')}</a>
        </p>
      )}
    </Layout>
  );
}

function FilterForm({ page, filters, embassies }: GalleryPageProps) {
  const { say } = page;
  return (
    <form class="filter-form" method="get" action="/gallery">
      <KeepLanguage page={page} />
      <PlaceFields
        say={say}
        embassies={embassies}
        country={filters.country}
        embassy={filters.embassy}
      />
      <Field name="city" label={say('gallery.filter.city')}>
        {(control) => (
          <input {...control} type="text" value={filters.city ?? ''} autoComplete="off" />
        )}
      </Field>
      <Field name="participant" label={say('gallery.filter.participant')}>
        {(control) => (
          <select {...control}>
            <option value="">{say('gallery.filter.all')}</option>
            {PARTICIPANTS.map((kind) => (
              <option key={kind} value={kind} selected={kind === filters.participant}>
                {say(`participant.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="actions">
        <button type="submit">{say('gallery.filter.submit')}</button>
        {isFiltered(filters) && (
          <a class="button second" href={href(page, '/gallery')}>
            {say('gallery.filter.clear')}
          </a>
        )}
      </div>
    </form>
  );
}

/** No photos here yet: an invitation instead of a blank. */
function Empty({ page, filters }: Pick<GalleryPageProps, 'page' | 'filters'>) {
  const { say } = page;
  const filtered = isFiltered(filters);
  return (
    <section class="empty">
      <h2>{say(filtered ? 'gallery.empty.filtered' : 'gallery.empty.title')}</h2>
      <p>{say('gallery.empty.text')}</p>
      <p class="actions">
        <a class="button" href={href(page, '/send', { embassy: filters.embassy })}>
          {say('home.send')}
        </a>
      </p>
    </section>
  );
}

function isFiltered(filters: GalleryFilters): boolean {
  return Object.values(filters).some(Boolean);
}
