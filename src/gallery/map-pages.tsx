import type { FastifyReply, FastifyRequest } from 'fastify';
import { embassyName } from '../campaign/embassy-name.ts';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { inOrder, readEmbassies } from './embassies.ts';
import { readSheets } from './map.ts';
import { EmbassyPage } from './pages/embassy.tsx';
import { MapPage } from './pages/map.tsx';
import { PosterPage } from './pages/poster.tsx';
import { readCoverage, readGallery } from './read.ts';
import { shareTags } from './share.tsx';
import { type GalleryTools, OWN_PHOTOS } from './tools.ts';

const PHOTOS = 24;

/** The map of the embassies, and a page for each of them. */
export function mapPages(tools: GalleryTools) {
  const tags = shareTags(tools.publicUrl);
  return {
    async map(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const coverage = await readCoverage(tools);
      const { items } = await readEmbassies(tools, page.say);
      const embassies = inOrder(items, page.say);
      return sendPage(
        reply,
        <MapPage page={page} coverage={coverage} embassies={embassies} sheets={readSheets()} />,
      );
    },

    async embassy(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const { slug } = request.params as { slug: string };
      const embassy = (await readEmbassies(tools, page.say)).items.find(
        (each) => each.slug === slug,
      );
      if (!embassy) throw new Refusal('not-found');
      const wanted = { limit: PHOTOS, embassy: slug };
      const here = { ...tools, photosUrl: OWN_PHOTOS };
      const { items } = await readGallery(here, wanted, page.say);
      const head = tags.embassy(page, embassy);
      return sendPage(
        reply,
        <EmbassyPage page={page} embassy={embassy} items={items} head={head} />,
      );
    },

    poster(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const address = `${tools.publicUrl}/send`;
      return sendPage(reply, <PosterPage page={page} address={address} />);
    },

    embassyPoster(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const { slug } = request.params as { slug: string };
      const embassy = tools.embassies.get(slug);
      if (!embassy) throw new Refusal('not-found');
      const named = { slug, name: embassyName(page.say, embassy) };
      const address = `${tools.publicUrl}/send?embassy=${slug}`;
      return sendPage(reply, <PosterPage page={page} address={address} embassy={named} />);
    },
  };
}
