import { campaign } from '../../campaign/campaign.ts';
import { LOCALES, type Locale } from '../../i18n/messages.ts';
import { href, type PageContext } from '../page.ts';

/** The picture a shared link is shown with. */
export interface ShareImage {
  /** Absolute. */
  url: string;
  width: number;
  height: number;
  /** What it shows, for who cannot see it. */
  alt: string;
}

export interface ShareTagsProps {
  page: PageContext;
  /** Where the site lives (PUBLIC_URL): other sites need whole addresses. */
  publicUrl: string;
  title: string;
  description: string;
  image?: ShareImage | undefined;
  /** `article` for a single photo. */
  type?: 'website' | 'article';
}

/** Social networks want a country with each language. */
const TERRITORIES: Record<Locale, string> = {
  en: 'en_GB',
  az: 'az_AZ',
  ru: 'ru_RU',
  tr: 'tr_TR',
  de: 'de_DE',
  fr: 'fr_FR',
  es: 'es_ES',
};
/** Longer ones are cut by everybody, each in its own way. */
const LONGEST_DESCRIPTION = 200;

/**
 * What search engines and social networks show of a page: for the `head` of `Layout`. Texts of
 * strangers are attribute values, which the renderer escapes.
 */
export function ShareTags({ page, publicUrl, title, image, ...rest }: ShareTagsProps) {
  const { locale } = page.say;
  const url = publicUrl + href(page, page.path);
  const description = shortened(rest.description);
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={url} />
      <meta property="og:site_name" content={campaign.name} />
      <meta property="og:type" content={rest.type ?? 'website'} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url} />
      <meta property="og:locale" content={TERRITORIES[locale]} />
      {LOCALES.filter((other) => other !== locale).map((other) => (
        <meta key={other} property="og:locale:alternate" content={TERRITORIES[other]} />
      ))}
      {image && (
        <>
          <meta property="og:image" content={image.url} />
          <meta property="og:image:type" content="image/jpeg" />
          <meta property="og:image:width" content={String(image.width)} />
          <meta property="og:image:height" content={String(image.height)} />
          <meta property="og:image:alt" content={image.alt} />
        </>
      )}
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
    </>
  );
}

/** One line, cut between two characters where it is too long. */
function shortened(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const letters = Array.from(line);
  if (letters.length <= LONGEST_DESCRIPTION) return line;
  return `${letters
    .slice(0, LONGEST_DESCRIPTION - 1)
    .join('')
    .trimEnd()}…`;
}
