import PhotoSwipe from 'photoswipe';
import 'photoswipe/style.css';
import './lightbox.css';
import { word } from '../page.ts';
import { addParts } from './caption.ts';
import type { More } from './end.ts';
import { photoLinks } from './links.ts';
import { slideOf } from './slide.ts';

/** Photos left before more are asked for. */
const ENOUGH = 4;

export interface Lightbox {
  /** To be called when the history has left the photo. */
  close(): void;
  /** Resolves when the page is as it was, with the focus on the photo that was shown last. */
  closed: Promise<void>;
}

/** Shows the photo of a link in large, and those beside it by swiping, arrows and buttons. */
export function openLightbox(first: HTMLAnchorElement, more: More): Lightbox {
  const links = photoLinks();
  const slides = links.map(slideOf);
  const pswp = new PhotoSwipe({
    dataSource: slides,
    index: links.indexOf(first),
    loop: false,
    bgOpacity: 1,
    returnFocus: false,
    showHideAnimationType: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'none' : 'fade',
    paddingFn: ({ x, y }) => ({
      top: 52,
      bottom: Math.min(180, y / 4),
      left: x / 60,
      right: x / 60,
    }),
    closeTitle: word('lightbox.close'),
    zoomTitle: word('lightbox.zoom'),
    arrowPrevTitle: word('photo.previous'),
    arrowNextTitle: word('photo.next'),
    errorMsg: word('lightbox.failed'),
  });
  const current = () => links[pswp.currIndex] ?? first;
  addParts(pswp, current);

  async function fill(): Promise<void> {
    await more();
    const known = links.length;
    for (const link of photoLinks().slice(known)) {
      links.push(link);
      slides.push(slideOf(link));
    }
    if (links.length === known) return;
    pswp.refreshSlideContent(known);
    pswp.dispatch('change');
  }

  let filling = false;
  pswp.on('change', () => {
    if (location.href !== current().href) history.replaceState(history.state, '', current().href);
    if (filling || pswp.currIndex < links.length - ENOUGH) return;
    filling = true;
    void fill().then(
      () => {
        filling = false;
      },
      () => undefined,
    );
  });
  pswp.on('afterInit', () => {
    pswp.element?.setAttribute('aria-modal', 'true');
    pswp.element?.setAttribute('aria-label', word('lightbox.label'));
    quieten(pswp.element, true);
  });
  pswp.on('close', () => {
    if (history.state?.photo) history.back();
  });

  let left = () => {};
  const back = new Promise<void>((resolve) => {
    left = resolve;
  });
  const gone = new Promise<void>((resolve) =>
    pswp.on('destroy', () => {
      quieten(pswp.element, false);
      resolve();
    }),
  );
  pswp.init();
  return {
    close() {
      left();
      // While it is still opening it does not hear.
      if (pswp.opener.isOpen) pswp.close();
      else pswp.on('openingAnimationEnd', () => pswp.close());
    },
    closed: Promise.all([back, gone]).then(() => current().focus()),
  };
}

/** Puts the page behind the lightbox out of reach of keys and screen readers, or back into it. */
function quieten(lightbox: Element | undefined, quiet: boolean): void {
  for (const element of document.body.children) {
    if (element instanceof HTMLElement && element !== lightbox) element.inert = quiet;
  }
}
