import type { FastifyReply, FastifyRequest } from 'fastify';
import { campaign } from '../campaign/campaign.ts';
import { embassyName } from '../campaign/embassy-name.ts';
import type { CardJob } from '../image/workers.ts';
import type { GalleryFilter, GalleryRow } from '../store/gallery.ts';
import { Refusal } from '../submission/refusals.ts';
import { sayFor } from '../web/request.ts';
import { openCardMemory } from './cards-memory.ts';
import type { GalleryTools } from './tools.ts';

/** Photos of a full card; with fewer the newest one has it to itself. */
const PHOTOS = 4;
/** The rendition that is sharp enough for a card. */
const SIDE = '960';
/** Photos may come and go while a card is drawn; then it is drawn again. */
const ATTEMPTS = 3;
const BUSY_SECONDS = 5;

type Words = Omit<CardJob, 'photos'>;

/** Cards of the campaign and of each embassy, in seven languages, drawn when somebody asks. */
export function cardPictures(tools: GalleryTools) {
  const { store, photos, images, embassies } = tools;
  const memory = openCardMemory();

  async function shownOn(filter: GalleryFilter): Promise<GalleryRow[]> {
    const rows = await store.gallery.list(filter, PHOTOS);
    return rows.length < PHOTOS ? rows.slice(0, 1) : rows;
  }

  async function draw(rows: GalleryRow[], words: Words): Promise<Buffer> {
    const opened = await Promise.all(rows.map(({ id }) => photos.open(id, SIDE)));
    return images.drawCard({ ...words, photos: opened.filter((photo) => photo !== null) });
  }

  /** Always of photos that are public at this moment, as they are now. */
  async function cardOf(name: string, words: Words, filter: GalleryFilter): Promise<Buffer> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const rows = await shownOn(filter);
      const key = keyOf(rows);
      const jpeg = await memory.get(name, key, () => draw(rows, words));
      if (!jpeg) break;
      if (keyOf(await shownOn(filter)) === key) return jpeg;
    }
    throw new Refusal('busy', { retryAfter: BUSY_SECONDS });
  }

  return {
    async campaign(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const words = { slogan: campaign.slogan, title: '', titleElse: '' };
      const line = say('card.campaign');
      return sendJpeg(reply, await cardOf(`/${say.locale}`, { ...words, line }, {}));
    },

    async embassy(request: FastifyRequest, reply: FastifyReply) {
      const say = sayFor(request);
      const { slug } = request.params as { slug: string };
      const embassy = embassies.get(slug);
      if (!embassy) throw new Refusal('not-found');
      const title = embassy.city;
      const line = embassyName(say, embassy);
      const words = { slogan: campaign.slogan, title, titleElse: title, line };
      return sendJpeg(reply, await cardOf(`${slug}/${say.locale}`, words, { embassy: slug }));
    },
  };
}

/** A photo that was covered or taken back has another version, or is not there. */
function keyOf(rows: GalleryRow[]): string {
  return rows.map(({ id, version }) => `${id} ${version}`).join();
}

function sendJpeg(reply: FastifyReply, jpeg: Buffer): FastifyReply {
  return reply.type('image/jpeg').send(jpeg);
}
