import { ask } from './call.ts';

/** What changes from page to page; everything else stays where it is. */
const PARTS = ['main', '.staff-header .pages', '.staff-header .languages'] as const;

/** A page that can take the place of the one that is shown. */
export interface Page {
  url: string;
  title: string;
  parts: Map<string, Element>;
  /** The picture, loaded and decoded before anybody sees it. */
  picture?: HTMLImageElement | undefined;
}

/** Fetches a page. `ahead`: nobody looks at it yet. Null when there is none, or one must sign in. */
export async function fetchPage(url: string, ahead: boolean): Promise<Page | null> {
  const headers = { accept: 'text/html', ...(ahead && { 'x-preview': '1' }) };
  const { status, body } = await ask(url, { headers });
  const { url: answered = '', html = '' } = (body ?? {}) as { url?: string; html?: string };
  if (status !== 200 || new URL(answered).pathname === '/moderation/sign-in') return null;
  const read = new DOMParser().parseFromString(html, 'text/html');
  return { url: answered, title: read.title, parts: partsOf(read), picture: pictureOf(read) };
}

export function mainOf({ parts }: Page): HTMLElement {
  return parts.get('main') as HTMLElement;
}

/** `fresh`: shown for the first time. */
type Listener = (main: HTMLElement, fresh: boolean) => void;

const listeners: Listener[] = [];
const shown = new WeakSet<HTMLElement>();

/** Calls back with the content of the page: now, and whenever another one is shown. */
export function onShow(listener: Listener): void {
  listeners.push(listener);
  const main = shownMain();
  shown.add(main);
  listener(main, true);
}

export function shownMain(): HTMLElement {
  return document.querySelector('main') as HTMLElement;
}

/** Puts a page in the place of the one that is shown, and returns that. */
export function show(page: Page, push: boolean): Page {
  const old: Page = { url: location.href, title: document.title, parts: partsOf(document) };
  // Into this document first: on its way through another one the picture would be unloaded.
  for (const part of page.parts.values()) document.adoptNode(part);
  if (page.picture) mainOf(page).querySelector('[data-part="full"] img')?.replaceWith(page.picture);
  for (const [name, part] of page.parts) old.parts.get(name)?.replaceWith(part);
  document.title = page.title;
  if (push) history.pushState(null, '', page.url);
  scrollTo(0, 0);
  const main = mainOf(page);
  const fresh = !shown.has(main);
  shown.add(main);
  for (const listener of listeners) listener(main, fresh);
  main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  return old;
}

function partsOf(root: Document): Map<string, Element> {
  const found = PARTS.map((name) => [name, root.querySelector(name)] as const);
  return new Map(found.filter((part): part is [(typeof PARTS)[number], Element] => !!part[1]));
}

function pictureOf(read: Document): HTMLImageElement | undefined {
  const shown = read.querySelector<HTMLImageElement>('[data-part="full"] img');
  if (!shown) return undefined;
  const picture = new Image(shown.width, shown.height);
  picture.alt = shown.alt;
  // In the same frame as the words around it.
  picture.decoding = 'sync';
  picture.sizes = shown.sizes;
  picture.srcset = shown.srcset;
  picture.src = shown.src;
  // One that cannot be shown is seen to be broken when its page is.
  picture.decode().catch(() => undefined);
  return picture;
}
