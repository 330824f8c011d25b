/** What we use of a photo as the API lists it. */
export interface Item {
  id: string;
  city: string;
  embassy: { country: string };
  alt: string;
  width: number;
  height: number;
  color: string;
  images: { url: string; type: string; width: number; height: number }[];
}

export interface Page {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

const FILTERS = ['embassy', 'country', 'city', 'participant'] as const;
const LIMIT = 12;

/** What of the gallery an element asks for. */
export function queryOf(element: Element, lang: string): URLSearchParams {
  const query = new URLSearchParams({ lang });
  for (const name of FILTERS) {
    const value = element.getAttribute(name);
    if (value) query.set(name, value);
  }
  const limit = Number.parseInt(element.getAttribute('limit') ?? '', 10) || LIMIT;
  query.set('limit', String(Math.min(100, Math.max(1, limit))));
  return query;
}

/** Reads a page of the gallery as it is now. Throws when there is no answer. */
export async function readPage(
  origin: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Page> {
  const response = await fetch(`${origin}/api/v1/gallery?${query}`, {
    // Asked for again each time, and mostly answered "not modified": what was taken back is gone.
    cache: 'no-cache',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
