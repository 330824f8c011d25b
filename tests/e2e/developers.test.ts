import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookHeaders } from '../../src/calls/sign.ts';
import { changesSchema } from '../../src/gallery/changes.ts';
import { embassiesSchema } from '../../src/gallery/embassies.ts';
import { itemSchema } from '../../src/gallery/items.ts';
import { developerCode } from '../../src/gallery/pages/developer-code.ts';
import { coverageSchema, gallerySchema } from '../../src/gallery/read.ts';
import { LOCALES } from '../../src/i18n/messages.ts';
import { openSite, type Site } from '../support/site.ts';
import { openLife } from '../support/submissions.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  const life = openLife(site.store);
  for (let i = 0; i < 3; i += 1) await life.published();
});
afterAll(() => site?.close());

const codeAt = (url: string) => developerCode(url, ['embassy-berlin', 'embassy-vienna']);

describe('the page for builders', () => {
  it('shows calls with the addresses of this very service, in every language', async () => {
    for (const locale of LOCALES) {
      const answer = await site.get(`/developers?lang=${locale}`);
      expect(answer.status).toBe(200);
      const html = await answer.text();
      expect(html).toContain(`${site.config.publicUrl}/api/v1/gallery?embassy=embassy-berlin`);
      for (const path of ['/embed/kit', '/docs', '/openapi.json', '/api/v1/embassies']) {
        expect(html).toContain(`href="${path}`);
      }
    }
  });

  it('shows calls that work', async () => {
    const code = Object.values(codeAt(site.url)).join('\n');
    const urls = [...code.matchAll(/'(http[^']+)'/g)].map(([, url = '']) => url);
    expect(urls.length).toBeGreaterThan(6);
    for (const url of urls) {
      if (/[=/]$/.test(url)) continue;
      expect((await fetch(url)).status, url).toBe(200);
    }
  });

  it('shows how to read every page', async () => {
    const seen: { id: string }[] = [];
    const walk = codeAt(site.url).pages.replace('limit=100', 'limit=2');
    await run(walk, { keep: (photo: { id: string }) => seen.push(photo) });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(3);
  });

  it('shows how to follow changes', async () => {
    const code = codeAt(site.url);
    const begun = await fetch(code.begin.match(/'([^']+)'/)?.[1] ?? '');
    let place = (await begun.json()) as object;
    const held = new Map<string, object>();
    const id = await openLife(site.store).published();
    const follow = () =>
      run(code.follow, {
        load: () => place,
        save: (next: object) => {
          place = next;
        },
        keep: (photo: { id: string }) => held.set(photo.id, photo),
        remove: (gone: string) => held.delete(gone),
      });
    await follow();
    expect([...held.keys()]).toEqual([id]);
    await site.store.submissions.withdraw(id, site.now());
    await follow();
    expect(held.size).toBe(0);
  });

  it('shows how to check a signature', async () => {
    const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
    const body = '{"type":"test"}';
    const headers = webhookHeaders(secret, 'id', new Date(), body);
    const source = codeAt('')
      .verifyJs.replace(/^import.*$/m, '')
      .replace('export ', '');
    const check = new Function(
      'createHmac',
      'timingSafeEqual',
      `${source}; return isFromCampaign;`,
    )(createHmac, (await import('node:crypto')).timingSafeEqual);
    expect(check(headers, body, secret)).toBe(true);
    expect(check(headers, `${body} `, secret)).toBe(false);
    expect(check(headers, body, secret.replace('w', 'W'))).toBe(false);
    const old = webhookHeaders(secret, 'id', new Date(Date.now() - 600_000), body);
    expect(check(old, body, secret)).toBe(false);
    expect(check({}, body, secret)).toBe(false);
  });
});

it('the documentation shows an example of each answer to readers, and each is one', async () => {
  const { openapi, components } = (await (await site.get('/openapi.json')).json()) as {
    openapi: string;
    components: { schemas: Record<string, { examples?: unknown[] }> };
  };
  expect(openapi).toBe('3.1.0');
  const schemas = {
    GalleryItem: itemSchema,
    GalleryPage: gallerySchema,
    GalleryChanges: changesSchema,
    Embassies: embassiesSchema,
    Coverage: coverageSchema,
  };
  for (const [name, schema] of Object.entries(schemas)) {
    const [example] = components.schemas[name]?.examples ?? [];
    expect(schema.parse(example), name).toEqual(example);
  }
});

/** Runs code of the page among functions it takes for granted. */
async function run(code: string, around: Record<string, unknown>): Promise<void> {
  const names = Object.keys(around);
  const body = `return (async () => { ${code} })()`;
  await new Function(...names, body)(...Object.values(around));
}
