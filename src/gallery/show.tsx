import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { itemView } from './items.ts';
import { GalleryPage } from './pages/gallery.tsx';
import { HomePage } from './pages/home.tsx';
import { PhotoPage } from './pages/photo.tsx';
import { findPublic, type GalleryQuery, readCoverage, readGallery } from './read.ts';
import { shareTags } from './share.tsx';
import { type GalleryTools, OWN_PHOTOS } from './tools.ts';

const LATEST = 8;

/** The readers' pages. */
export function galleryPages(tools: GalleryTools) {
  const embassies = [...tools.embassies.values()];
  const tags = shareTags(tools.publicUrl);
  /** Pages name their pictures without the host: shorter, and right under every name it has. */
  const here = { ...tools, photosUrl: OWN_PHOTOS };
  return {
    async home(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const coverage = await readCoverage(tools);
      const { items } = await readGallery(here, { limit: LATEST }, page.say);
      return sendPage(
        reply,
        <HomePage page={page} coverage={coverage} latest={items} head={tags.home(page)} />,
      );
    },

    async gallery(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const query = request.query as GalleryQuery;
      const { embassy, country, city, participant } = query;
      const filters = { embassy, country, city, participant };
      const found = await readGallery(here, query, page.say);
      return sendPage(
        reply,
        <GalleryPage
          page={page}
          {...found}
          filters={filters}
          embassies={embassies}
          head={tags.gallery(page, found.total)}
        />,
      );
    },

    async photo(request: FastifyRequest, reply: FastifyReply) {
      const { id } = request.params as { id: string };
      const page = pageContext(request);
      const row = await findPublic(tools, id);
      const item = itemView(row, page.say, OWN_PHOTOS);
      return sendPage(
        reply,
        <PhotoPage
          page={page}
          item={item}
          address={`${tools.publicUrl}/gallery/${id}`}
          beside={await tools.store.gallery.beside(row)}
          head={tags.photo(page, item, row)}
        />,
      );
    },
  };
}
