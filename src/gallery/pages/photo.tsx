import type { ComponentChildren } from 'preact';
import { Icon } from '../../web/components/icons.tsx';
import { PhotoStory } from '../../web/components/photo-story.tsx';
import { type GalleryItem, Picture } from '../../web/components/photos.tsx';
import { Words } from '../../web/components/words.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import { ShareLinks } from './share-links.tsx';
import { WORDS } from './words.ts';

export interface PhotoPageProps {
  page: PageContext;
  item: GalleryItem;
  /** Whole address of this page, to pass on. */
  address: string;
  /** Ids of the photos before and after it in the gallery. */
  beside: { previous: string | null; next: string | null };
  head?: ComponentChildren;
}

export function PhotoPage({ page, item, address, beside, head }: PhotoPageProps) {
  const { say } = page;
  const { embassy, city } = item;
  const title = say('photo.title', { city });
  return (
    <Layout page={page} title={title} width="full" script="gallery" head={head}>
      <div class="large-photo">
        <Picture item={item} sizes="(min-width: 62rem) 60vw, 96vw" first />
        <div>
          <h1>
            <bdi>{city}</bdi>
          </h1>
          <p class="lead">
            <a href={href(page, `/embassies/${embassy.slug}`)}>{embassy.name}</a>
          </p>
          <PhotoStory page={page} item={item} />
          <Beside page={page} beside={beside} />
        </div>
      </div>
      <ShareLinks page={page} address={address} text={title} />
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
      <Words say={say} words={WORDS} />
    </Layout>
  );
}

/** The way from photo to photo, in the order of the gallery. */
function Beside({ page, beside }: Pick<PhotoPageProps, 'page' | 'beside'>) {
  const { previous, next } = beside;
  const { say } = page;
  if (!previous && !next) return null;
  return (
    <nav class="actions" aria-label={say('photo.beside')}>
      {previous && (
        <a class="button second" rel="prev" href={href(page, `/gallery/${previous}`)}>
          <Icon shape="back" /> {say('photo.previous')}
        </a>
      )}
      {next && (
        <a class="button second" rel="next" href={href(page, `/gallery/${next}`)}>
          {say('photo.next')} <Icon shape="forward" />
        </a>
      )}
    </nav>
  );
}
