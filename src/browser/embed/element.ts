import { campaign } from '../../campaign/campaign.ts';
import style from './gallery.css?inline';
import { type Page, queryOf, readPage } from './read.ts';
import { linkTo, make, tileOf } from './tile.ts';
import { type Words, wordsFor } from './words.ts';

const LOOKED_AT = ['embassy', 'country', 'city', 'participant', 'limit', 'lang'];

/** Defines `<photo-gallery>`, which shows the gallery of the site at `origin`. */
export function definePhotoGallery(origin: string): void {
  if (customElements.get('photo-gallery')) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);

  customElements.define(
    'photo-gallery',
    class extends HTMLElement {
      static observedAttributes = LOOKED_AT;
      #leave = new AbortController();
      #asked = false;

      connectedCallback(): void {
        if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
        this.attributeChangedCallback();
      }

      disconnectedCallback(): void {
        this.#leave.abort();
      }

      /** Several attributes set in a row are one change. */
      attributeChangedCallback(): void {
        if (this.#asked || !this.isConnected) return;
        this.#asked = true;
        queueMicrotask(() => {
          this.#asked = false;
          this.#leave.abort();
          this.#leave = new AbortController();
          if (this.isConnected && this.shadowRoot) {
            show(this, this.shadowRoot, origin, this.#leave.signal);
          }
        });
      }
    },
  );
}

function show(host: Element, root: ShadowRoot, origin: string, signal: AbortSignal): void {
  const words = wordsFor(host);
  const query = queryOf(host, words.locale);
  const list = make(
    'ul',
    { ariaLabel: words.say('embed.list', { campaign: campaign.name }) },
    'list',
  );
  const status = make('span', { role: 'status' }, 'status');
  const more = make('button', { type: 'button', textContent: words.say('gallery.next') }, 'more');
  const all = galleryLink(origin, query, words);
  const foot = make('p', {}, 'foot', more, all, status);
  more.hidden = true;
  more.addEventListener('click', () => void read(true));
  // What stands below the photos comes with them: nothing that is seen is moved by what comes later.
  root.replaceChildren(list, make('p', { textContent: words.say('embed.loading') }, 'status'));
  void read(false);

  async function read(wanted: boolean): Promise<void> {
    if (wanted) status.textContent = words.say('embed.loading');
    more.disabled = true;
    try {
      add(await readPage(origin, query, signal), wanted);
    } catch {
      if (!signal.aborted) status.textContent = words.say('embed.failed');
    }
    more.disabled = false;
    if (!signal.aborted && !foot.isConnected) root.lastElementChild?.replaceWith(foot);
  }

  function add({ items, nextCursor, total }: Page, wanted: boolean): void {
    const tiles = items.map((item) => tileOf(item, origin, words));
    list.append(...tiles);
    more.hidden = !nextCursor;
    query.set('cursor', nextCursor ?? '');
    const shown = list.children.length;
    status.textContent = shown
      ? words.say('embed.shown', { shown, total: Math.max(shown, total) })
      : words.say('gallery.empty.title');
    // Where they go on reading: the button may be gone now.
    if (wanted) tiles[0]?.querySelector('a')?.focus({ preventScroll: true });
  }
}

function galleryLink(origin: string, query: URLSearchParams, words: Words): HTMLElement {
  const filters = new URLSearchParams(query);
  filters.delete('limit');
  const link = linkTo(`${origin}/gallery?${filters}`);
  return make('a', { ...link, textContent: words.say('home.latest.all') }, 'all');
}
