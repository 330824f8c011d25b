import { asLocale } from '../../i18n/match.ts';

interface Filters {
  embassy?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  participant?: string | undefined;
}

/** What an address of ours shows. */
export type Target = { lang: string | undefined } & (
  | { kind: 'photo'; id: string }
  | { kind: 'gallery'; filters: Filters }
);

/** Reads an address somebody pasted; undefined for any that is not ours or shows no photos. */
export function targetOf(address: string, publicUrl: string): Target | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, searchParams } = new URL(address);
  const own = new URL(publicUrl);
  const base = own.pathname.replace(/\/$/, '');
  if (origin !== own.origin || !pathname.startsWith(base)) return undefined;
  const lang = asLocale(searchParams.get('lang') ?? undefined);
  const [first = '', second, ...more] = pathname.slice(base.length).split('/').filter(Boolean);
  if (more.length > 0) return undefined;
  if (first === 'gallery' && second) return { kind: 'photo', id: second, lang };
  if (first === 'embassies' && second)
    return { kind: 'gallery', filters: { embassy: second }, lang };
  if (first === 'gallery' || (first === '' && !second)) {
    return { kind: 'gallery', filters: filtersOf(searchParams), lang };
  }
  return undefined;
}

function filtersOf(query: URLSearchParams): Filters {
  const get = (name: string) => query.get(name) ?? undefined;
  return {
    embassy: get('embassy'),
    country: get('country'),
    city: get('city'),
    participant: get('participant'),
  };
}
