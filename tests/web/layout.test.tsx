import { expect, it } from 'vitest';
import { sayIn } from '../../src/i18n/say.ts';
import { Layout, StaffLayout } from '../../src/web/layout.tsx';
import { href, renderPage } from '../../src/web/page.ts';

const page = { say: sayIn('en'), path: '/send' };

it('marks where the reader is and offers a way past the header', () => {
  const html = renderPage(
    <Layout page={page} title="Send">
      <h1>Send</h1>
    </Layout>,
  );
  expect(html).toContain('<a href="/send" aria-current="page">');
  expect(html).toContain('<a class="skip" href="#content">');
  expect(html).toContain('<title>Send · Compete 4 Equality</title>');
  expect(html).not.toMatch(/staff[^"]*\.css/);
});

it('carries a chosen language on in every link', () => {
  const chosen = { ...page, lang: 'en' as const };
  const html = renderPage(
    <Layout page={chosen} title="Send">
      <h1>Send</h1>
    </Layout>,
  );
  expect(html).toContain('href="/gallery?lang=en"');
  expect(href(chosen, '/gallery', { city: 'Bakı & co', cursor: null })).toBe(
    '/gallery?city=Bak%C4%B1+%26+co&lang=en',
  );
});

it('shows staff pages only to who is signed in', () => {
  const staff = { ...page, csrf: 'token', moderator: null, admin: false };
  const html = renderPage(
    <StaffLayout page={staff} title="Sign in">
      <h1>Sign in</h1>
    </StaffLayout>,
  );
  expect(html).not.toContain('/moderation/log');
  expect(html).toMatch(/\/assets\/staff-[\w-]+\.css/);
});

it('offers on each staff page a way to sign out, by a plain form', () => {
  const staff = { ...page, csrf: 'token', moderator: 'ada@example.org', admin: false };
  const html = renderPage(
    <StaffLayout page={staff} title="Log">
      <h1>Log</h1>
    </StaffLayout>,
  );
  expect(html).toMatch(/<form class="sign-out" method="post" action="\/moderation\/sign-out">/);
  expect(html).toContain('>Sign out</button>');
});
