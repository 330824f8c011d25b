import { describe, expect, it } from 'vitest';
import { catalogues, LOCALES } from '../../src/i18n/messages.ts';
import { renderPage } from '../../src/web/page.ts';
import { problemsOf } from './html.ts';
import { pagesIn } from './pages.ts';
import { HOSTILE, RECEIPT } from './samples.ts';

/** The one kind of script there is: a file of ours. */
const OWN_SCRIPT = /<script type="module" src="\/assets\/[\w-]+\.js"><\/script>/;

/** The one kind of frame: the preview of what other sites will show. */
const OWN_FRAME =
  /<iframe class="preview" src="\/embed[^"]*" title="[^"]+" loading="lazy"><\/iframe>/;

const everyPage = LOCALES.flatMap((locale) =>
  Object.entries(pagesIn(locale)).map(([name, vnode]) => ({ locale, name, vnode })),
);
/** Links to other sites that the reader may press; they are told neither page nor reader. */
const ELSEWHERE = /<a class="elsewhere" rel="noopener noreferrer" href="https:[^"]+">/g;
/** English sentences long enough to be no word of another language. */
const english = Object.values(catalogues.en).filter((text) => /^[^{}]{20,}$/.test(text));

describe.each(everyPage)('page $name in $locale', ({ locale, vnode }) => {
  const html = renderPage(vnode).replace(OWN_SCRIPT, '').replace(OWN_FRAME, '');
  const shown = html.replace(/<template.*?<\/template>/gs, '');

  it('is well-formed, with unique ids, labelled controls and links that lead somewhere', () => {
    expect(problemsOf(html)).toEqual([]);
  });

  it('L1 runs nothing and styles nothing by itself', () => {
    expect(html).not.toMatch(/<script|<style|<iframe|\sstyle=|\son[a-z]+=(?=["'])|javascript:/i);
    expect(html.replace(ELSEWHERE, '<a>')).not.toMatch(
      /(?:src|href|srcset|action)="(?:https?:)?\/\//,
    );
  });

  it('C2 shows hostile text as text', () => {
    expect(html).not.toContain(HOSTILE);
    expect(html).not.toMatch(/<img src=x|<script/);
  });

  it('D2 keeps the receipt out of addresses and the title', () => {
    expect(html.match(/(?:href|action|src)="[^"]*"|<title>[^<]*/g)?.join()).not.toContain(RECEIPT);
  });

  it('says everything in its language, with every value filled in', () => {
    // In templates the words that scripts say later keep their blanks.
    expect(shown).not.toMatch(/\{\w+[,}]|undefined|\[object/);
    if (locale !== 'en') expect(english.filter((sentence) => html.includes(sentence))).toEqual([]);
  });

  it('has a language, a title and one main heading', () => {
    expect(html).toMatch(`<!DOCTYPE html><html lang="${locale}" dir="ltr">`);
    expect(html).toMatch(/<title>[^<]{3,}<\/title>/);
    expect(shown.match(/<h1[\s>]/g)).toHaveLength(1);
  });
});
