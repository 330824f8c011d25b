import type { Participant } from '../../submission/form.ts';
import { href, type PageContext } from '../page.ts';
import { PhotoStory } from './photo-story.tsx';

export interface PhotoImage {
  url: string;
  type: string;
  width: number;
  height: number;
}

/** A published photo, as the contract lists it. */
export interface GalleryItem {
  id: string;
  embassy: { slug: string; name: string; city: string; country: string };
  city: string;
  participant: Participant;
  name: string | null;
  message: string | null;
  /** `YYYY-MM`. */
  month: string;
  alt: string;
  width: number;
  height: number;
  color: string;
  placeholder: string;
  images: PhotoImage[];
}

interface PictureProps {
  item: GalleryItem;
  /** How wide it will be shown, for the browser to choose a file by. */
  sizes: string;
  lazy?: boolean;
  /** Whether it is what people came to see: it is fetched before everything else. */
  first?: boolean;
}

/** AVIF where it is known, JPEG elsewhere; width and height keep the place free while it loads. */
export function Picture({ item, sizes, lazy = false, first = false }: PictureProps) {
  const avif = item.images.filter(({ type }) => type === 'image/avif');
  const jpeg = item.images.filter(({ type }) => type === 'image/jpeg');
  const fallback = jpeg[Math.floor(jpeg.length / 2)];
  return (
    <picture>
      {avif.length > 0 && <source type="image/avif" srcset={srcSet(avif)} sizes={sizes} />}
      {/* `loading` and `sizes` come first: a browser may begin to load when it reads `src`. */}
      <img
        loading={lazy ? 'lazy' : undefined}
        fetchpriority={first ? 'high' : undefined}
        decoding="async"
        sizes={sizes}
        srcset={srcSet(jpeg) || undefined}
        src={fallback?.url}
        alt={item.alt}
        width={item.width}
        height={item.height}
      />
    </picture>
  );
}

function srcSet(images: PhotoImage[]): string {
  return images.map(({ url, width }) => `${url} ${width}w`).join(', ');
}

interface PhotoGridProps {
  page: PageContext;
  items: readonly GalleryItem[];
  /** How many are in view when the page opens; the others load when they come near. */
  eager?: number;
  /** Whether each photo brings its story along, for the script that shows photos in large. */
  stories?: boolean;
}

/** Whole pictures in rows of one height. What follows may be added later: no row above changes. */
export function PhotoGrid({ page, items, eager = 0, stories = false }: PhotoGridProps) {
  return (
    <ul class="photos">
      {items.map((item, index) => (
        <li key={item.id} class={ratioClass(item)}>
          <a class="photo" href={href(page, `/gallery/${item.id}`)}>
            <span class="frame">
              <Ground color={item.color} />
              <Picture
                item={item}
                sizes={rowSizes(item)}
                lazy={index >= eager}
                first={eager > 0 && index === 0}
              />
            </span>
            <span class="caption">
              <strong>
                <bdi>{item.city}</bdi>
              </strong>
              <span>{page.say.country(item.embassy.country)}</span>
            </span>
          </a>
          {stories && (
            <template>
              <p>
                <strong>
                  <bdi>{item.city}</bdi>
                </strong>
                {' · '}
                {item.embassy.name}
              </p>
              <PhotoStory page={page} item={item} />
              <p>
                <a href={href(page, `/gallery/${item.id}`)}>{page.say('lightbox.page')}</a>
              </p>
            </template>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The colour a picture has from afar, until it is there. An attribute: inline styles are refused. */
function Ground({ color }: { color: string }) {
  return (
    <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <rect width="1" height="1" fill={color} />
    </svg>
  );
}

/** Narrower and wider pictures than these are cut in rows, or they would be threads. */
const [NARROWEST, WIDEST] = [0.4, 3];

function ratioOf({ width, height }: GalleryItem): number {
  const ratio = width / height || 4 / 3;
  return Math.min(WIDEST, Math.max(NARROWEST, ratio));
}

/** The ratio as the style sheet spells it: 1.33 is `u1 t3 h3`. */
export function ratioClass(item: GalleryItem): string {
  const [units, tenths, hundredths] = ratioOf(item).toFixed(2).replace('.', '');
  return `u${units} t${tenths} h${hundredths}`;
}

/**
 * Rows are a good 16rem tall. On phones less than the truth: their screens have three dots where
 * a 480-pixel file has one, and two would cost twice as long a wait that nobody sees the use of.
 */
function rowSizes(item: GalleryItem): string {
  return `(min-width: 36rem) ${Math.round(ratioOf(item) * 16)}rem, 40vw`;
}
