import type { FastifyReply, FastifyRequest } from 'fastify';
import { sayIn } from '../../i18n/say.ts';
import { sendPage } from '../../web/html.ts';
import type { PageContext } from '../../web/page.ts';
import { pageContext } from '../../web/request.ts';
import { KitPage } from '../pages/kit.tsx';
import { type GalleryPage, readGallery } from '../read.ts';
import type { GalleryTools } from '../tools.ts';
import { checkText } from './check.ts';
import { snippetsOf } from './kit-snippets.ts';
import { type KitQuery, kitQuery } from './options.ts';

/** The page that makes snippets for other sites, and checks what stands on them. */
export function galleryKit(tools: GalleryTools) {
  const embassies = [...tools.embassies.values()];

  async function show(reply: FastifyReply, page: PageContext, query: KitQuery, pasted?: string) {
    const found = await photosOf(tools, query, page);
    const checked = pasted === undefined ? undefined : await checkText(tools.store, pasted);
    mayShowFrame(reply);
    const snippets = snippetsOf(tools.publicUrl, query, found.items, page.say);
    return sendPage(
      reply,
      <KitPage
        page={page}
        query={query}
        embassies={embassies}
        snippets={snippets}
        checked={checked}
      />,
    );
  }

  return {
    make: (request: FastifyRequest, reply: FastifyReply) =>
      show(reply, pageContext(request), request.query as KitQuery),

    async check(request: FastifyRequest, reply: FastifyReply) {
      const { pasted } = request.body as { pasted: string };
      reply.header('cache-control', 'no-store');
      return show(reply, pageContext(request), kitQuery.parse({}), pasted);
    },
  };
}

/** In the language the snippet is for, where one is chosen. */
function photosOf(tools: GalleryTools, query: KitQuery, page: PageContext): Promise<GalleryPage> {
  const { embassy, country, limit, language } = query;
  const say = language ? sayIn(language) : page.say;
  return readGallery(tools, { embassy, country, limit }, say);
}

/** The preview is a frame of our own. */
function mayShowFrame(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header('content-security-policy', `${policy};frame-src 'self'`);
}
