/** The next photos of the gallery, as its next page has them, and the way to those after them. */
export interface Batch {
  photos: HTMLElement[];
  more: HTMLElement | null;
}

/** Reads a page of the gallery. There is one rendering of photos, and it is the server's. */
export async function fetchBatch(address: string): Promise<Batch> {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const photos = [...page.querySelectorAll<HTMLElement>('.photos > li')];
  // None of them is in view yet, other than on a page of its own.
  for (const image of page.images) {
    image.loading = 'lazy';
    image.fetchPriority = 'auto';
  }
  return { photos, more: page.querySelector('[data-part="more"]') };
}

/**
 * Adds photos behind those of the page. The last row gets filled up, unless somebody is looking at
 * it: then a new list begins below.
 */
export function addPhotos(before: HTMLElement, photos: HTMLElement[]): HTMLElement[] {
  const lists = document.querySelectorAll<HTMLElement>('.photos');
  const last = lists[lists.length - 1];
  const known = new Set([...document.querySelectorAll('.photos a.photo')].map(addressOf));
  // A photo that was published meanwhile pushes others to the next page.
  const fresh = photos.filter((photo) => !known.has(addressOf(photo.querySelector('a.photo'))));
  const added = fresh.map((photo) => document.importNode(photo, true));
  if (last?.lastElementChild && !inView(last.lastElementChild)) last.append(...added);
  else {
    const list = document.createElement('ul');
    list.className = 'photos';
    list.append(...added);
    before.before(list);
  }
  return added;
}

export function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function addressOf(link: Element | null): string | null {
  return link?.getAttribute('href') ?? null;
}
