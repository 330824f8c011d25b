import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Say } from '../../i18n/say.ts';
import { Refusal } from '../../submission/refusals.ts';
import { sendPage } from '../../web/html.ts';
import { pageContext } from '../../web/request.ts';
import { itemView } from '../items.ts';
import { EmbedPage, type EmbedPageProps } from '../pages/embed.tsx';
import { findPublic, readGallery } from '../read.ts';
import { type GalleryTools, OWN_PHOTOS } from '../tools.ts';
import type { EmbedQuery } from './options.ts';

type Shown = Pick<EmbedPageProps, 'items' | 'nextCursor' | 'refusal'>;

/** The gallery, or one photo of it, for an `<iframe>` of any site. */
export function galleryFrame(tools: GalleryTools) {
  // Its pictures are its neighbours, under whatever name the service is reached.
  const near = { ...tools, photosUrl: OWN_PHOTOS };
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const query = request.query as EmbedQuery;
    const page = pageContext(request);
    const { photo, ...wanted } = query;
    const shown = photo
      ? await readPhoto(near, photo, page.say)
      : await readGallery(near, wanted, page.say);
    mayBeFramed(reply);
    if ('refusal' in shown && shown.refusal) {
      reply.code(shown.refusal.status).header('cache-control', 'no-store');
    }
    return sendPage(reply, <EmbedPage page={page} query={query} {...shown} />);
  };
}

/** A refusal is shown here: other pages say no in a page of their own, which no frame may show. */
async function readPhoto(tools: GalleryTools, id: string, say: Say): Promise<Shown> {
  try {
    return { items: [itemView(await findPublic(tools, id), say, OWN_PHOTOS)], nextCursor: null };
  } catch (error) {
    if (error instanceof Refusal) return { items: [], nextCursor: null, refusal: error };
    throw error;
  }
}

/** This page alone: every other one stays out of frames. */
function mayBeFramed(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'));
  const opened = policy.replace(/frame-ancestors [^;]*/, 'frame-ancestors *');
  reply.header('content-security-policy', opened);
  reply.removeHeader('x-frame-options');
}
