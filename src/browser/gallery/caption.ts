import type PhotoSwipe from 'photoswipe';
import { word } from '../page.ts';
import { share } from './share.ts';

/** Three dots that are joined: the sign for passing on. */
const SHARE = {
  isCustomSVG: true,
  inner:
    '<path d="M22 19.5a3.5 3.5 0 0 0-2.6 1.2l-6.6-3.4a3.5 3.5 0 0 0 0-2.2l6.6-3.4A3.5 3.5 0 1 0 18.6 9l-6.8 3.5a3.5 3.5 0 1 0 0 7l6.8 3.5A3.5 3.5 0 1 0 22 19.5z" id="pswp__icn-share"/>',
  outlineID: 'pswp__icn-share',
};

/** Adds what the lightbox has not: the story of the photo it shows, and a button to share it. */
export function addParts(pswp: PhotoSwipe, current: () => HTMLAnchorElement): void {
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const story = document.createElement('div');
  story.className = 'lightbox-story';

  pswp.on('uiRegister', () => {
    pswp.ui?.registerElement({
      name: 'share',
      title: word('photo.share.title'),
      order: 15,
      isButton: true,
      html: SHARE,
      onClick: async () => {
        const { origin, pathname } = new URL(current().href);
        status.textContent = '';
        status.textContent = await share(origin + pathname, document.title);
      },
    });
    pswp.ui?.registerElement({
      name: 'caption',
      order: 9,
      appendTo: 'root',
      onInit(element) {
        element.setAttribute('aria-live', 'polite');
        element.append(story, status);
      },
    });
  });
  pswp.on('change', () => {
    const template = current().nextElementSibling;
    status.textContent = '';
    if (!(template instanceof HTMLTemplateElement)) return;
    story.replaceChildren(document.importNode(template.content, true));
  });
}
