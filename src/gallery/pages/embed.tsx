import { campaign } from '../../campaign/campaign.ts';
import type { Refusal } from '../../submission/refusals.ts';
import { asset } from '../../web/assets.ts';
import { type GalleryItem, Picture, ratioClass } from '../../web/components/photos.tsx';
import { href, type PageContext } from '../../web/page.ts';
import type { EmbedQuery } from '../embed/options.ts';

export interface EmbedPageProps {
  page: PageContext;
  query: EmbedQuery;
  items: readonly GalleryItem[];
  nextCursor: string | null;
  /** Why the one photo that was asked for is not shown. */
  refusal?: Refusal;
}

const SIZES = '(min-width: 40rem) 20rem, 70vw';
/** Photos likely in view at once; later ones load when they come near. */
const EAGER = 4;

/** The gallery in a frame of another site: photos, and nothing to go anywhere else by. */
export function EmbedPage(props: EmbedPageProps) {
  const { page, query, items, nextCursor, refusal } = props;
  const { say } = page;
  return (
    <html lang={say.locale} dir={say.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{campaign.name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href={asset('web/assets/icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={asset('web/assets/frame.css')} />
        <script type="module" src={asset('browser/frame.ts')} />
      </head>
      <body data-theme={query.theme}>
        <main data-layout={query.photo ? 'single' : query.layout}>
          <h1 class="hidden">{campaign.slogan}</h1>
          {items.length > 0 ? (
            <ul class="list" aria-label={say('embed.list', { campaign: campaign.name })}>
              {items.map((item, index) => (
                <Tile key={item.id} page={page} item={item} lazy={index >= EAGER} />
              ))}
            </ul>
          ) : (
            <p>{say(refusal ? `refusal.${refusal.code}.title` : 'gallery.empty.title')}</p>
          )}
          <p class="foot">
            {nextCursor && (
              <a class="more" rel="next" href={moreHref(props, nextCursor)}>
                {say('gallery.next')}
              </a>
            )}
            <a href={href(page, '/gallery')} target="_blank" rel="noopener">
              {say('home.latest.all')}
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}

function Tile({ page, item, lazy }: { page: PageContext; item: GalleryItem; lazy: boolean }) {
  return (
    <li class={`item ${ratioClass(item)}`}>
      <a class="link" href={href(page, `/gallery/${item.id}`)} target="_blank" rel="noopener">
        <Picture item={item} sizes={SIZES} lazy={lazy} />
        <span class="caption">
          <bdi>{item.city}</bdi>{' '}
          <span class="country">{page.say.country(item.embassy.country)}</span>
        </span>
      </a>
    </li>
  );
}

function moreHref({ page, query }: EmbedPageProps, cursor: string): string {
  const { limit, photo: _, lang: __, ...rest } = query;
  return href(page, '/embed', { ...rest, limit: String(limit), cursor });
}
