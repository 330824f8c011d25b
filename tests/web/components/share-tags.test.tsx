import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sayIn } from '../../../src/i18n/say.ts';
import { ShareTags, type ShareTagsProps } from '../../../src/web/components/share-tags.tsx';
import { Layout } from '../../../src/web/layout.tsx';
import { renderPage } from '../../../src/web/page.ts';

const SITE = 'https://photos.example.org';
const image = { url: `${SITE}/cards/campaign.jpg`, width: 1200, height: 630, alt: 'A flag' };
const page = { say: sayIn('de'), path: '/gallery', lang: 'de' as const };

function headOf(props: Partial<ShareTagsProps> = {}): string {
  const own = { page, publicUrl: SITE, title: 'Title', description: 'Words', ...props };
  const html = renderPage(
    <Layout page={own.page} title={own.title} head={<ShareTags {...own} />}>
      <h1>Title</h1>
    </Layout>,
  );
  return html.slice(html.indexOf('<head>'), html.indexOf('</head>'));
}

/** What a reader of the head finds: elements with their attributes, told apart as HTML does. */
function elementsOf(head: string): Record<string, string>[] {
  return [...head.matchAll(/<(meta|link)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', attributes = '']) => ({
      name,
      ...Object.fromEntries(
        [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key, value = '']) => [
          key === 'name' ? 'called' : key,
          decoded(value),
        ]),
      ),
    }),
  );
}

const decoded = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const contentOf = (head: string, property: string) =>
  elementsOf(head).find((each) => (each.property ?? each.called) === property)?.content;

describe('what is said of a shared page', () => {
  it('is title, words, address, language and picture', () => {
    const head = headOf({ image });
    expect(contentOf(head, 'og:title')).toBe('Title');
    expect(contentOf(head, 'og:description')).toBe('Words');
    expect(contentOf(head, 'description')).toBe('Words');
    expect(contentOf(head, 'og:url')).toBe(`${SITE}/gallery?lang=de`);
    expect(head).toContain(`<link rel="canonical" href="${SITE}/gallery?lang=de"/>`);
    expect(contentOf(head, 'og:locale')).toBe('de_DE');
    expect(contentOf(head, 'og:type')).toBe('website');
    expect(contentOf(head, 'og:image')).toBe(image.url);
    expect(contentOf(head, 'og:image:width')).toBe('1200');
    expect(contentOf(head, 'og:image:height')).toBe('630');
    expect(contentOf(head, 'og:image:alt')).toBe('A flag');
    expect(contentOf(head, 'twitter:card')).toBe('summary_large_image');
  });

  it('promises no picture where there is none', () => {
    const head = headOf();
    expect(head).not.toContain('og:image');
    expect(contentOf(head, 'twitter:card')).toBe('summary');
  });

  it('is one line of at most 200 characters, no character cut in half', () => {
    const head = headOf({ description: `a\n\n b ${'🏳️‍🌈'.repeat(300)}` });
    const said = contentOf(head, 'og:description') ?? '';
    expect(said.startsWith('a b ')).toBe(true);
    expect(Array.from(said)).toHaveLength(200);
    expect(said.isWellFormed()).toBe(true);
  });
});

describe('a text of a stranger', () => {
  const plain = elementsOf(headOf({ image }));
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', "'", '<', '>', '&', '/', '=', ' ', 'x', '`', '\0') }),
    fc.constantFrom(
      '"><script>alert(1)</script>',
      '</title></head><body onload=alert(1)>',
      '" http-equiv="refresh" content="0;url=https://evil.example',
      '<!-- ',
      ']]>',
      '--><img src=x onerror=alert(1)>',
      '&quot;&gt;',
      '{{7*7}}',
    ),
  );

  it('C15 never becomes more than the value it stands in', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const head = headOf({ title: text, description: text, image: { ...image, alt: text } });
        const found = elementsOf(head);
        expect(found.map(({ name, property }) => [name, property])).toEqual(
          plain.map(({ name, property }) => [name, property]),
        );
        expect(contentOf(head, 'og:image:alt') ?? '').toBe(text);
        expect(head.match(/</g)?.length).toBe(headOf({ image }).match(/</g)?.length);
      }),
      { numRuns: 300 },
    );
  });
});
