import type { Participant } from '../../submission/form.ts';
import { href, type PageContext } from '../page.ts';

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
}

/** AVIF where it is known, JPEG elsewhere; width and height keep the place free while it loads. */
export function Picture({ item, sizes, lazy = false }: PictureProps) {
  const avif = item.images.filter(({ type }) => type === 'image/avif');
  const jpeg = item.images.filter(({ type }) => type === 'image/jpeg');
  const fallback = jpeg[Math.floor(jpeg.length / 2)];
  return (
    <picture>
      {avif.length > 0 && <source type="image/avif" srcset={srcSet(avif)} sizes={sizes} />}
      <img
        src={fallback?.url}
        srcset={srcSet(jpeg) || undefined}
        sizes={sizes}
        alt={item.alt}
        width={item.width}
        height={item.height}
        loading={lazy ? 'lazy' : undefined}
        decoding="async"
      />
    </picture>
  );
}

function srcSet(images: PhotoImage[]): string {
  return images.map(({ url, width }) => `${url} ${width}w`).join(', ');
}

const CARD_SIZES = '(min-width: 80rem) 20rem, (min-width: 36rem) 45vw, 92vw';
/** Photos likely in view at once; later ones load when they come near. */
const EAGER = 4;

/** Whole pictures in columns: nothing is cut off to fit a tile. */
export function PhotoGrid({ page, items }: { page: PageContext; items: readonly GalleryItem[] }) {
  return (
    <ul class="photos">
      {items.map((item, index) => (
        <li key={item.id}>
          <a class="photo" href={href(page, `/gallery/${item.id}`)}>
            <Picture item={item} sizes={CARD_SIZES} lazy={index >= EAGER} />
            <span class="caption">
              <strong>{item.city}</strong>
              <span>{page.say.country(item.embassy.country)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
