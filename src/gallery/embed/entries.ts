import type { Say } from '../../i18n/say.ts';
import type { Item } from '../items.ts';
import { element, escaped, plain } from './markup.ts';

/** A photo as feeds and plain HTML tell it: nothing of it needs a script, a frame or a style. */
export interface Entry {
  /** Never changes, and is no address. */
  id: string;
  url: string;
  title: string;
  /** Text without markup. */
  summary: string;
  /** A link around a picture, as every text filter lets it pass. */
  link: string;
  /** The same, then words. */
  html: string;
  image: Item['images'][number] | undefined;
  thumbnail: Item['images'][number] | undefined;
  /** The first of the month, for nothing finer is known. */
  published: Date;
}

/** Wide enough for the column of an article, light enough for a reader of feeds. */
const IMAGE_WIDTH = 960;

/** Tells a photo; `item` comes with whole addresses. */
export function entryOf(item: Item, publicUrl: string, say: Say, lang?: string): Entry {
  const url = `${publicUrl}/gallery/${item.id}${lang ? `?lang=${lang}` : ''}`;
  const jpegs = item.images.filter(({ type }) => type === 'image/jpeg');
  const image = jpegs.findLast(({ width }) => width <= IMAGE_WIDTH) ?? jpegs[0];
  const place = `${item.city}, ${say.country(item.embassy.country)}`;
  const words = [item.message, item.name].filter((text) => text !== null);
  const link = linkedImage(item, url, image);
  return {
    id: `urn:uuid:${item.id}`,
    url,
    title: plain(`${item.city} · ${item.embassy.name}`),
    summary: plain([place, ...words].join('\n')),
    link,
    html: [link, ...[place, ...words].map(paragraph)].join(''),
    image,
    thumbnail: jpegs[0],
    published: new Date(`${item.month}-01T00:00:00Z`),
  };
}

/** `<p><a><img></a></p>`, with nothing a content management system would take away. */
function linkedImage(item: Item, url: string, image: Entry['image']): string {
  const { alt } = item;
  const shown = image
    ? element('img', { src: image.url, alt, width: image.width, height: image.height })
    : escaped(alt);
  return element('p', {}, element('a', { href: url }, shown));
}

function paragraph(text: string): string {
  return element('p', {}, escaped(text).replace(/\r\n?|\n/g, '<br/>'));
}
