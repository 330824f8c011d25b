import type { ComponentChildren } from 'preact';
import { type GalleryItem, Picture } from '../../web/components/photos.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface PhotoPageProps {
  page: PageContext;
  item: GalleryItem;
  /** More for the head of the page. */
  head?: ComponentChildren;
}

export function PhotoPage({ page, item, head }: PhotoPageProps) {
  const { say } = page;
  const { embassy, city, name, message, month, participant } = item;
  return (
    <Layout page={page} title={say('photo.title', { city })} width="full" head={head}>
      <figure class="large-photo">
        <Picture item={item} sizes="(min-width: 80rem) 76rem, 96vw" />
        <figcaption>
          <h1>
            <bdi>{city}</bdi>
          </h1>
          <p class="lead">{embassy.name}</p>
          {message && (
            <blockquote dir="auto">
              <p>{message}</p>
            </blockquote>
          )}
          <p class="hint">
            {name && (
              <>
                <bdi>{name}</bdi>
                {' · '}
              </>
            )}
            {participant === 'organisation' && `${say('participant.organisation')} · `}
            {say.country(embassy.country)} · <time dateTime={month}>{say.month(month)}</time>
          </p>
        </figcaption>
      </figure>
      <p class="actions">
        <a class="button second" href={href(page, '/gallery', { embassy: embassy.slug })}>
          {say('photo.more')}
        </a>
        <a class="button second" href={href(page, '/gallery')}>
          {say('home.latest.all')}
        </a>
      </p>
      <p class="hint yours">
        {say('photo.yours')} <a href={href(page, '/receipt')}>{say('photo.yours.link')}</a>
      </p>
    </Layout>
  );
}
