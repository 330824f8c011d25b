import { readFileSync } from 'node:fs';
import type { Embassy } from '../../src/campaign/embassies.ts';
import type { Locale } from '../../src/i18n/messages.ts';
import { sayIn } from '../../src/i18n/say.ts';
import type { QueueItem } from '../../src/moderation/pages/item.ts';
import type { Check } from '../../src/submission/photo.ts';
import type { GalleryItem } from '../../src/web/components/photos.tsx';
import type { PageContext, StaffContext } from '../../src/web/page.ts';

export const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)> </textarea>`;
export const LONG_WORD = 'Müvəffəqiyyətsizləşdiricilərdənsinizmişcəsinə'.repeat(2);
export const RECEIPT = '7K3M-Q2ZX-0A1B-2C3D-4E5F-6G7H-JK';
const ID = '0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a60';

const file = new URL('../../prisma/embassies.json', import.meta.url);
export const embassies: Embassy[] = JSON.parse(readFileSync(file, 'utf8'));

export function pageIn(locale: Locale, path: string): PageContext {
  return { say: sayIn(locale), path, lang: locale };
}

export function staffIn(locale: Locale, path: string): StaffContext {
  return {
    ...pageIn(locale, path),
    csrf: 'csrf-token',
    moderator: 'moderator@example.org',
    admin: true,
  };
}

const berlin = {
  slug: 'embassy-berlin',
  name: 'Embassy of Azerbaijan in Berlin',
  city: 'Berlin',
  country: 'DE',
};

export function galleryItem(changes: Partial<GalleryItem> = {}): GalleryItem {
  const image = (side: number, type: string) => ({
    url: `/photos/${ID}/${side}.${type === 'image/avif' ? 'avif' : 'jpg'}`,
    type,
    width: side,
    height: (side * 3) / 4,
  });
  return {
    id: ID,
    embassy: berlin,
    city: 'Berlin',
    participant: 'person',
    name: 'Aysel and friends',
    message: 'Azadlıq və bərabərlik!\nFrom Berlin with love.',
    month: '2026-11',
    alt: 'A flag, Berlin.',
    width: 3000,
    height: 2250,
    color: '#886644',
    placeholder: 'AAAA',
    images: [image(480, 'image/jpeg'), image(960, 'image/jpeg'), image(960, 'image/avif')],
    ...changes,
  };
}

export const checks: Check[] = [
  { code: 'size', outcome: 'pass', finding: 'good' },
  { code: 'sharpness', outcome: 'pass', finding: 'good' },
  { code: 'exposure', outcome: 'warn', finding: 'dark' },
  { code: 'rainbow', outcome: 'warn', finding: 'not-found' },
  { code: 'place', outcome: 'pass', finding: 'near' },
];

export function queueItem(changes: Partial<QueueItem> = {}): QueueItem {
  return {
    id: ID,
    version: 3,
    state: 'waiting',
    embassy: berlin,
    city: 'Berlin',
    exposure: 'covered',
    participant: 'organisation',
    name: 'Kvir dalğası',
    message: 'Greetings from the pavement.',
    checks,
    similar: [],
    photo: { url: `/moderation/photos/${ID}`, width: 1500, height: 1125 },
    thumb: `/moderation/photos/${ID}/thumb`,
    claim: null,
    alt: null,
    needsCover: true,
    covers: 0,
    painting: false,
    waitingHours: 31,
    decision: null,
    ...changes,
  };
}
