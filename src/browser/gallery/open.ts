import type { More } from './end.ts';
import type { Lightbox } from './lightbox.ts';
import { hasStory, photoLinks } from './links.ts';

/**
 * Opens a pressed photo in large, over the page and under the address of its own page, so that Back
 * closes it, and what is copied, kept or loaded again is the photo. What does so is loaded then;
 * where that fails the link is followed.
 */
export function equipLinks(more: More): void {
  let open: Promise<Lightbox> | undefined;

  function show(link: HTMLAnchorElement): void {
    open = import('./lightbox.ts').then(({ openLightbox }) => openLightbox(link, more));
    open
      .then(({ closed }) => closed)
      .then(
        () => {
          open = undefined;
        },
        () => location.replace(link.href),
      );
  }

  /** Opens and closes as the history says. */
  async function follow(): Promise<void> {
    const wanted = Boolean(history.state?.photo);
    if (open && !wanted) (await open).close();
    if (open || !wanted) return;
    const link = [...photoLinks()].find(({ pathname }) => pathname === location.pathname);
    if (link) show(link);
    else location.reload();
  }

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a.photo') : null;
    if (!(link instanceof HTMLAnchorElement) || !hasStory(link) || wantsElsewhere(event)) return;
    event.preventDefault();
    if (open) return;
    history.pushState({ photo: true }, '', link.href);
    show(link);
  });
  addEventListener('popstate', follow);
  // The browser may have kept the page as it was when the photo's own page was gone to.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void follow();
  });
}

function wantsElsewhere({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button !== 0 || ctrlKey || metaKey || shiftKey || altKey;
}
