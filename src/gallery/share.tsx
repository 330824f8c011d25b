import { campaign } from '../campaign/campaign.ts';
import { embassyName, type NamedEmbassy } from '../campaign/embassy-name.ts';
import { Alternates } from '../web/components/alternates.tsx';
import { ShareTags } from '../web/components/share-tags.tsx';
import type { PageContext } from '../web/page.ts';
import type { Item } from './items.ts';

/** What other sites show when somebody shares one of our pages, for the `head` of each. */
export function shareTags(publicUrl: string) {
  return {
    home: (page: PageContext) => (
      <ShareTags
        page={page}
        publicUrl={publicUrl}
        title={campaign.slogan}
        description={page.say('home.lead')}
      />
    ),

    gallery: (page: PageContext, total: number) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          title={`${page.say('gallery.title')} · ${campaign.slogan}`}
          description={page.say('gallery.lead', { count: total, slogan: campaign.slogan })}
        />
        <Alternates page={page} publicUrl={publicUrl} filters={page.query ?? {}} />
      </>
    ),

    embassy: (page: PageContext, embassy: NamedEmbassy) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          title={`${embassyName(page.say, embassy)} · ${campaign.slogan}`}
          description={page.say('home.lead')}
        />
        <Alternates page={page} publicUrl={publicUrl} filters={{ embassy: embassy.slug }} />
      </>
    ),

    photo: (page: PageContext, item: Item) => (
      <>
        <ShareTags
          page={page}
          publicUrl={publicUrl}
          type="article"
          title={`${page.say('photo.title', { city: item.city })} · ${campaign.slogan}`}
          description={item.message ?? item.alt}
        />
        <Alternates page={page} publicUrl={publicUrl} />
      </>
    ),
  };
}
