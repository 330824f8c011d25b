import { campaign } from '../campaign/campaign.ts';
import type { GalleryRow } from '../store/gallery.ts';
import { CARD, hasCard } from '../submission/renditions.ts';
import { Alternates } from '../web/components/alternates.tsx';
import { type ShareImage, ShareTags } from '../web/components/share-tags.tsx';
import { href, type PageContext } from '../web/page.ts';
import type { Item } from './items.ts';

/** What other sites show when somebody shares one of our pages, for the `head` of each. */
export function shareTags(publicUrl: string) {
  const card = (page: PageContext, path: string, alt: string): ShareImage => ({
    url: publicUrl + href({ ...page, lang: page.say.locale }, path),
    width: CARD.width,
    height: CARD.height,
    alt: `${campaign.slogan} ${alt}`,
  });
  const campaignCard = (page: PageContext) =>
    card(page, '/cards/campaign.jpg', page.say('card.campaign'));
  return {
    home: (page: PageContext) => (
      <ShareTags
        page={page}
        publicUrl={publicUrl}
        title={campaign.slogan}
        description={page.say('home.lead')}
        image={campaignCard(page)}
      />
    ),

    gallery: (page: PageContext, total: number) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          title={`${page.say('gallery.title')} · ${campaign.slogan}`}
          description={page.say('gallery.lead', { count: total, slogan: campaign.slogan })}
          image={campaignCard(page)}
        />
        <Alternates page={page} publicUrl={publicUrl} filters={page.query ?? {}} />
      </>
    ),

    mosaic: (page: PageContext) => (
      <ShareTags
        page={page}
        publicUrl={publicUrl}
        title={`${page.say('mosaic.title')} · ${campaign.slogan}`}
        description={page.say('mosaic.grows')}
        image={campaignCard(page)}
      />
    ),

    /** `name` is the embassy's in the reader's language. */
    embassy: (page: PageContext, { slug, name }: { slug: string; name: string }) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          title={`${name} · ${campaign.slogan}`}
          description={page.say('home.lead')}
          image={card(page, `/cards/embassies/${slug}.jpg`, name)}
        />
        <Alternates page={page} publicUrl={publicUrl} filters={{ embassy: slug }} />
      </>
    ),

    photo: (page: PageContext, item: Item, row: GalleryRow) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          type="article"
          title={`${page.say('photo.title', { city: item.city })} · ${campaign.slogan}`}
          description={item.message ?? item.alt}
          image={photoImage(publicUrl, item, row)}
        />
        <Alternates page={page} publicUrl={publicUrl} />
      </>
    ),
  };
}

/** The card, and until there is one the photo itself. */
function photoImage(publicUrl: string, item: Item, row: GalleryRow): ShareImage | undefined {
  const { id, alt } = item;
  if (hasCard(row.renditions)) {
    const { file, width, height } = CARD;
    return { url: `${publicUrl}/photos/${id}/${file}`, width, height, alt };
  }
  const largest = item.images.filter(({ type }) => type === CARD.type).at(-1);
  if (!largest) return undefined;
  const { url, width, height } = largest;
  return { url: publicUrl + url, width, height, alt };
}
