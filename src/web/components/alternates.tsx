import { campaign } from '../../campaign/campaign.ts';
import { href, type PageContext } from '../page.ts';

interface AlternatesProps {
  page: PageContext;
  publicUrl: string;
  /** What the photos of the page are filtered by; left out where the page shows no list. */
  filters?: Readonly<Record<string, string | null | undefined>>;
}

const FEEDS = [
  { path: '/gallery.rss', type: 'application/rss+xml' },
  { path: '/gallery.json', type: 'application/feed+json' },
];
const FILTERS = ['embassy', 'country', 'city', 'participant'] as const;

/** Where programs find the same photos, and what to paste for this page (oEmbed): for its head. */
export function Alternates({ page, publicUrl, filters }: AlternatesProps) {
  const list = Object.fromEntries(FILTERS.map((name) => [name, filters?.[name]]));
  const own = publicUrl + href(page, page.path, list);
  const oembed = `${publicUrl}/oembed?${new URLSearchParams({ url: own })}`;
  return (
    <>
      {filters &&
        FEEDS.map(({ path, type }) => (
          <link
            key={path}
            rel="alternate"
            type={type}
            title={campaign.name}
            href={publicUrl + href(page, path, list)}
          />
        ))}
      <link rel="alternate" type="application/json+oembed" href={oembed} />
    </>
  );
}
