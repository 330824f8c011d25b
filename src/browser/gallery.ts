import { followEnd } from './gallery/end.ts';
import { equipLinks } from './gallery/open.ts';
import { equipShare } from './gallery/share.ts';

/** Makes the pages of photos more comfortable: more photos at the end, photos in large, sharing. */
equipShare(document);
equipLinks(followEnd());
