import { LOCALES } from '../../i18n/messages.ts';
import { sayIn } from '../../i18n/say.ts';
import { href, type PageContext } from '../page.ts';
import { Icon } from './icons.tsx';

/** Plain links to this same page, so that choosing a language needs neither scripts nor cookies. */
export function Languages({ page }: { page: PageContext }) {
  const { say, path, query } = page;
  return (
    <details class="languages">
      <summary>
        <Icon shape="globe" />
        <span class="hidden">{say('nav.languages')}: </span>
        <span class="language-name">{say('language.name')}</span>
        <span class="language-code" aria-hidden="true">
          {say.locale.toUpperCase()}
        </span>
      </summary>
      <nav aria-label={say('nav.languages')}>
        <ul>
          {LOCALES.map((locale) => (
            <li key={locale}>
              <a
                href={href({ ...page, lang: locale }, path, query)}
                lang={locale}
                hreflang={locale}
                aria-current={locale === say.locale ? 'true' : undefined}
              >
                {sayIn(locale)('language.name')}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </details>
  );
}
