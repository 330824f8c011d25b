import type { ComponentChildren } from 'preact';
import { Figures } from '../../web/components/figures.tsx';
import { type GalleryItem, PhotoGrid } from '../../web/components/photos.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import type { EmbassyCount } from '../embassies.ts';

export interface EmbassyPageProps {
  page: PageContext;
  embassy: EmbassyCount;
  items: readonly GalleryItem[];
  /** More for the head of the page. */
  head?: ComponentChildren;
}

/** One embassy: what it has, and how to add to it. */
export function EmbassyPage({ page, embassy, items, head }: EmbassyPageProps) {
  const { say } = page;
  const { slug, name, city, country, photos, counted } = embassy;
  return (
    <Layout page={page} title={name} width="full" head={head}>
      <h1>{name}</h1>
      <p class="lead">
        <bdi>{city}</bdi>, {say.country(country)}
      </p>
      {photos + counted === 0 ? <BeFirst page={page} /> : <Numbers page={page} embassy={embassy} />}
      <p class="actions">
        <a class="button" href={href(page, '/send', { embassy: slug })}>
          {say('embassy-page.send')}
        </a>
        <a class="button second" href={href(page, `/embassies/${slug}/poster`)}>
          {say('poster.link')}
        </a>
        <a class="button second" href={href(page, '/map')}>
          {say('embassy-page.map')}
        </a>
      </p>
      {items.length > 0 && (
        <section>
          <h2>{say('embassy-page.photos')}</h2>
          <PhotoGrid page={page} items={items} />
          <p class="actions">
            <a class="button second" href={href(page, '/gallery', { embassy: slug })}>
              {say('embassy-page.all')}
            </a>
          </p>
        </section>
      )}
    </Layout>
  );
}

function Numbers({ page: { say }, embassy }: Pick<EmbassyPageProps, 'page' | 'embassy'>) {
  const { photos, counted } = embassy;
  const figures = [
    { value: photos, label: say('home.reached.photos', { count: photos }) },
    { value: counted, label: say('home.reached.counted', { count: counted }) },
  ];
  return <Figures say={say} figures={figures} />;
}

/** Nobody has been here yet: an invitation instead of a blank. */
function BeFirst({ page: { say } }: { page: PageContext }) {
  return (
    <section class="empty">
      <h2>{say('embassy-page.first.title')}</h2>
      <p>{say('embassy-page.first.text')}</p>
      <p>{say('home.careful.text')}</p>
    </section>
  );
}
