import type { Item } from './read.ts';
import type { Words } from './words.ts';

const SIZES = '(min-width: 40rem) 20rem, 70vw';

type Image = Item['images'][number];

/** Makes an element; `class` is also its `part`, by which the page around may style it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  part: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  if (part) element.setAttribute('part', part);
  element.className = part;
  element.append(...content);
  return element;
}

/** A photo of the list: a picture with its place, which leads to its page. */
export function tileOf(item: Item, origin: string, words: Words): HTMLElement {
  const picture = pictureOf(item);
  const link = make(
    'a',
    linkTo(`${origin}/gallery/${item.id}?lang=${words.locale}`),
    'link',
    picture,
    make(
      'span',
      {},
      'caption',
      make('bdi', { textContent: item.city }, ''),
      ' ',
      make('span', { textContent: words.country(item.embassy.country) }, 'country'),
    ),
  );
  const tile = make('li', {}, 'item', link);
  tile.style.setProperty('--ratio', String(ratioOf(item)));
  // Taken back since the list was read.
  picture.querySelector('img')?.addEventListener('error', () => tile.remove());
  return tile;
}

/** Narrower and wider pictures are cut, or they would be threads. */
const [NARROWEST, WIDEST] = [0.4, 3];

function ratioOf({ width, height }: Item): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width / height || 4 / 3));
}

/** What leads away opens beside the page that embeds us, and learns nothing of it. */
export function linkTo(href: string) {
  return { href, target: '_blank', rel: 'noopener', referrerPolicy: 'no-referrer' };
}

function pictureOf({ images, alt, width, height, color }: Item): HTMLElement {
  const [avif, jpeg] = ['avif', 'jpeg'].map((type) =>
    images.filter((image) => image.type === `image/${type}`),
  ) as [Image[], Image[]];
  const picture = make('picture', {}, '');
  if (avif.length > 0) {
    picture.append(make('source', { type: 'image/avif', srcset: srcSet(avif), sizes: SIZES }, ''));
  }
  const image = make(
    'img',
    { alt, width, height, loading: 'lazy', decoding: 'async', referrerPolicy: 'no-referrer' },
    'image',
  );
  image.style.backgroundColor = color;
  Object.assign(image, { sizes: SIZES, srcset: srcSet(jpeg), src: jpeg[0]?.url ?? '' });
  picture.append(image);
  return picture;
}

function srcSet(images: readonly Image[]): string {
  return images.map(({ url, width }) => `${url} ${width}w`).join(', ');
}
