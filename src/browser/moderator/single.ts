/** A photo of the list, as its page tells. */
export interface Single {
  element: HTMLElement;
  id: string;
  version: number;
  state: string;
  city: string;
  next: string | null;
  previous: string | null;
  /** How many the list had when the page was made. */
  left: number;
}

/** What a single view is about; null on any other page. */
export function singleIn(root: ParentNode): Single | null {
  const element = root.querySelector<HTMLElement>('[data-part="single"]');
  if (!element) return null;
  const { id = '', version, state = '', city = '' } = element.dataset;
  const neighbour = (rel: string) =>
    element.querySelector<HTMLElement>(`a[rel="${rel}"]`)?.dataset.id ?? null;
  return {
    element,
    id,
    version: Number(version),
    state,
    city,
    next: neighbour('next'),
    previous: neighbour('prev'),
    left: Number(element.querySelector<HTMLElement>('[data-left]')?.dataset.left ?? 0),
  };
}

/** Where a photo of the list that is being gone through has its page. */
export function addressOf(id: string): string {
  return `/moderation/submissions/${id}${location.search}`;
}
