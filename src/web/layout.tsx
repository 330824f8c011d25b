import type { ComponentChildren } from 'preact';
import { campaign } from '../campaign/campaign.ts';
import { asset } from './assets.ts';
import { Languages } from './components/languages.tsx';
import { StaffBar } from './components/staff-bar.tsx';
import { href, type PageContext, type StaffContext } from './page.ts';

const VIEWPORT = 'width=device-width, initial-scale=1';

interface ShellProps {
  page: PageContext;
  title: string;
  /** How much room the content wants: a column of text, or the whole screen for pictures. */
  width?: 'text' | 'full';
  /** The script of `src/browser` that makes the page more comfortable. */
  script?: 'supporter' | 'poster' | 'gallery' | 'moderator' | 'passkey' | 'kit' | undefined;
  /** Without ways to other pages, where there are none. */
  plain?: boolean;
  /** More for the head of the page, such as `ShareTags`. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of the public site. */
export function Layout(props: ShellProps) {
  const { page, title, width = 'text', script, plain = false, head, children } = props;
  const { say } = page;
  return (
    <Document page={page} title={title} script={script} head={head}>
      <header class="site-header">
        <div class="bar">
          {plain ? <span class="brand">{campaign.name}</span> : <Ways page={page} />}
          <Languages page={page} />
        </div>
      </header>
      <main id="content" class={width}>
        {children}
      </main>
      {!plain && (
        <footer class="site-footer">
          <div class="bar">
            <h2>{say('footer.title')}</h2>
            <ul>
              <li>{say('footer.clean')}</li>
              <li>{say('footer.traces')}</li>
              <li>{say('footer.withdraw')}</li>
            </ul>
            <p>
              <a href={href(page, '/embed/kit')}>{say('kit.title')}</a>
            </p>
          </div>
        </footer>
      )}
    </Document>
  );
}

/** The name that leads home, and the pages of the site. */
function Ways({ page }: { page: PageContext }) {
  const { say } = page;
  return (
    <>
      <a class="brand" href={href(page, '/')}>
        <img src={asset('web/assets/icon.svg')} alt="" width="32" height="32" />
        {campaign.name}
      </a>
      <nav class="pages" aria-label={say('nav.main')}>
        <ul class="nav">
          <NavLink page={page} path="/" label={say('nav.home')} />
          <NavLink page={page} path="/send" label={say('nav.send')} />
          <NavLink page={page} path="/gallery" label={say('nav.gallery')} />
          <NavLink page={page} path="/map" label={say('nav.map')} />
          <NavLink page={page} path="/receipt" label={say('nav.receipt')} />
        </ul>
      </nav>
    </>
  );
}

/** A page of the moderators: the same face with less around the work. */
export function StaffLayout({
  page,
  title,
  width = 'full',
  script,
  children,
}: Omit<ShellProps, 'page'> & { page: StaffContext }) {
  return (
    <Document page={page} title={title} script={script} staff>
      <StaffBar page={page} />
      <main id="content" class={`${width} staff`}>
        {children}
      </main>
    </Document>
  );
}

interface DocumentProps extends Omit<ShellProps, 'script'> {
  script?: ShellProps['script'] | undefined;
  /** Whether the page needs the style of the moderators' desk. */
  staff?: boolean;
}

function Document({ page, title, staff = false, script, head, children }: DocumentProps) {
  const { say } = page;
  const fullTitle = title === campaign.slogan ? title : `${title} · ${campaign.name}`;
  return (
    <html lang={say.locale} dir={say.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{fullTitle}</title>
        <meta name="viewport" content={staff ? `${VIEWPORT}, viewport-fit=cover` : VIEWPORT} />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href={asset('web/assets/icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={asset('web/assets/site.css')} />
        {script && <script type="module" src={asset(`browser/${script}.ts`)} />}
        {staff && <link rel="stylesheet" href={asset('web/assets/staff.css')} />}
        {head}
      </head>
      <body>
        <a class="skip" href="#content">
          {say('nav.skip')}
        </a>
        {children}
      </body>
    </html>
  );
}

function NavLink({ page, path, label }: { page: PageContext; path: string; label: string }) {
  return (
    <li>
      <a href={href(page, path)} aria-current={page.path === path ? 'page' : undefined}>
        {label}
      </a>
    </li>
  );
}
