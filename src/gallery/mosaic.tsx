import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../submission/refusals.ts';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { MosaicPage } from './pages/mosaic.tsx';
import type { SendPublished } from './published.ts';
import { shareTags } from './share.tsx';
import type { GalleryTools } from './tools.ts';

/** The mosaic of all photos: its page and its files, as long as each photo on it is public. */
export function mosaicPages({ store, publicUrl }: GalleryTools, send: SendPublished) {
  const tags = shareTags(publicUrl);
  const file =
    (ending: '.jpg' | '-small.jpg') => async (request: FastifyRequest, reply: FastifyReply) => {
      const mosaic = await store.mosaics.current();
      if (!mosaic) throw new Refusal('not-found');
      return send(request, reply, `mosaic/${mosaic.file}${ending}`);
    };
  return {
    async page(request: FastifyRequest, reply: FastifyReply) {
      const page = pageContext(request);
      const mosaic = await store.mosaics.current();
      return sendPage(reply, <MosaicPage page={page} mosaic={mosaic} head={tags.mosaic(page)} />);
    },

    print: file('.jpg'),
    small: file('-small.jpg'),
  };
}
