import { describe, expect, it } from 'vitest';
import { renderPage } from '../../src/web/page.ts';
import { problemsOf } from './html.ts';
import { pages } from './pages.ts';
import { HOSTILE, RECEIPT } from './samples.ts';

/** The one kind of script there is: a file of ours. */
const OWN_SCRIPT = /<script type="module" src="\/assets\/[\w-]+\.js"><\/script>/;

describe.each(Object.entries(pages))('page %s', (_name, vnode) => {
  const html = renderPage(vnode).replace(OWN_SCRIPT, '');
  const shown = html.replace(/<template.*?<\/template>/gs, '');

  it('is well-formed, with unique ids, labelled controls and links that lead somewhere', () => {
    expect(problemsOf(html)).toEqual([]);
  });

  it('runs nothing and styles nothing by itself', () => {
    expect(html).not.toMatch(/<script|<style|<iframe|\sstyle=|\son[a-z]+=(?=["'])|javascript:/i);
    expect(html).not.toMatch(/(?:src|href|srcset|action)="(?:https?:)?\/\//);
  });

  it('shows hostile text as text', () => {
    expect(html).not.toContain(HOSTILE);
    expect(html).not.toMatch(/<img src=x|<script/);
  });

  it('keeps the receipt out of addresses and the title', () => {
    expect(html.match(/(?:href|action|src)="[^"]*"|<title>[^<]*/g)?.join()).not.toContain(RECEIPT);
  });

  it('has a language, a title and one main heading', () => {
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr">/);
    expect(html).toMatch(/<title>[^<]{3,}<\/title>/);
    expect(shown.match(/<h1[\s>]/g)).toHaveLength(1);
  });
});
