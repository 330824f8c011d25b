import { definePhotoGallery } from './embed/element.ts';

/** `/embed.js`: lets any page say `<photo-gallery>`. It knows our address by its own. */
const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : [...document.scripts].find(({ src }) => /\/embed\.js(\?|$)/.test(src));
if (script) definePhotoGallery(new URL('.', script.src).href.replace(/\/$/, ''));
