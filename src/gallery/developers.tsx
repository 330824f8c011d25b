import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../web/html.ts';
import { pageContext } from '../web/request.ts';
import { developerCode } from './pages/developer-code.ts';
import { DevelopersPage } from './pages/developers.tsx';
import type { GalleryTools } from './tools.ts';

/** Where many know somebody with a flag; any others would do. */
const EXAMPLES = ['embassy-berlin', 'embassy-vienna'];

/** The page for builders, with the addresses of this very service. */
export function developersPage({ embassies, publicUrl }: GalleryTools) {
  const slugs = [...EXAMPLES.filter((slug) => embassies.has(slug)), ...embassies.keys()];
  const code = developerCode(publicUrl, slugs);
  return async (request: FastifyRequest, reply: FastifyReply) =>
    sendPage(reply, <DevelopersPage page={pageContext(request)} code={code} />);
}
