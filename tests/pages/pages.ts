import { h, type JSX } from 'preact';
import { embassyName } from '../../src/campaign/embassy-name.ts';
import { type EmbassyCount, inOrder } from '../../src/gallery/embassies.ts';
import { FATES } from '../../src/gallery/embed/check.ts';
import { kitQuery } from '../../src/gallery/embed/options.ts';
import { readSheets } from '../../src/gallery/map.ts';
import { developerCode } from '../../src/gallery/pages/developer-code.ts';
import { DevelopersPage } from '../../src/gallery/pages/developers.tsx';
import { EmbassyPage } from '../../src/gallery/pages/embassy.tsx';
import { EmbedPage } from '../../src/gallery/pages/embed.tsx';
import { GalleryPage } from '../../src/gallery/pages/gallery.tsx';
import { HomePage } from '../../src/gallery/pages/home.tsx';
import { KitPage } from '../../src/gallery/pages/kit.tsx';
import { MapPage } from '../../src/gallery/pages/map.tsx';
import { MosaicPage } from '../../src/gallery/pages/mosaic.tsx';
import { PhotoPage } from '../../src/gallery/pages/photo.tsx';
import { PosterPage } from '../../src/gallery/pages/poster.tsx';
import type { Locale } from '../../src/i18n/messages.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { ReceiptPage } from '../../src/intake/pages/receipt.tsx';
import { SendPage } from '../../src/intake/pages/send.tsx';
import { SentPage } from '../../src/intake/pages/sent.tsx';
import { StatusPage } from '../../src/intake/pages/status.tsx';
import { WithdrawPage } from '../../src/intake/pages/withdraw.tsx';
import { WithdrawnPage } from '../../src/intake/pages/withdrawn.tsx';
import type { Figures } from '../../src/moderation/numbers.ts';
import { ACCOUNT_DONE, AccountPage } from '../../src/moderation/pages/account.tsx';
import { LogPage, type LogRow } from '../../src/moderation/pages/log.tsx';
import { MailsPage } from '../../src/moderation/pages/mails.tsx';
import { MailsStopPage } from '../../src/moderation/pages/mails-stop.tsx';
import { NumbersPage } from '../../src/moderation/pages/numbers.tsx';
import { OutboxPage } from '../../src/moderation/pages/outbox.tsx';
import { PEOPLE_DONE, PeoplePage } from '../../src/moderation/pages/people.tsx';
import { QueuePage } from '../../src/moderation/pages/queue.tsx';
import { SignInPage } from '../../src/moderation/pages/sign-in.tsx';
import { SubmissionPage } from '../../src/moderation/pages/submission.tsx';
import { WEBHOOKS_DONE, WebhooksPage } from '../../src/moderation/pages/webhooks.tsx';
import { ACTS } from '../../src/submission/acts.ts';
import { TRACES } from '../../src/submission/photo.ts';
import { REFUSALS, Refusal, type RefusalCode } from '../../src/submission/refusals.ts';
import { REJECTION_REASONS, STATES } from '../../src/submission/states.ts';
import { ErrorPage } from '../../src/web/error-page.tsx';
import {
  checks,
  embassies,
  galleryItem,
  HOSTILE,
  LONG_WORD,
  pageIn,
  queueItem,
  RECEIPT,
  staffIn,
} from './samples.ts';

const ids = Array.from({ length: 8 }, (_, index) => `0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a0${index}`);
const items = ids.map((id) => galleryItem({ id }));
const coverage = {
  photos: 214,
  counted: 37,
  embassies: 41,
  embassiesTotal: 87,
  countries: 33,
  cities: 40,
};
const none = {
  photos: 0,
  counted: 0,
  embassies: 0,
  embassiesTotal: 87,
  countries: 0,
  cities: 0,
};
const strange = { city: LONG_WORD, name: HOSTILE, message: `${HOSTILE}\n${LONG_WORD}` };
const fields = [
  { field: 'embassy', code: 'required' },
  { field: 'consent', code: 'consent-needed' },
  { field: 'exposure', code: 'never-heard-of' },
  { field: 'message', code: 'too-long' },
  { field: 'photo', code: 'required' },
];
const queue = ids.map((id, index) => queueItem({ id, waitingHours: 31 * index }));
const counts = {
  received: 2,
  waiting: 8,
  approved: 214,
  rejected: 12,
  refused: 3,
  withdrawn: 1,
} as const;
/** What pages of the desk know beside the photos. */
const deskIn = (locale: Locale) =>
  ({
    filter: { state: 'waiting' },
    nextId: null,
    previousId: null,
    embassies: embassies.map((each) => ({
      slug: each.slug,
      name: embassyName(sayIn(locale), each),
      count: 3,
    })),
    left: 41,
  }) as const;
const decision = {
  by: 'colleague@example.org',
  at: '2026-11-20T18:05:00.000Z',
  reason: 'no-embassy',
  criteria: null,
  note: HOSTILE,
};
const status = {
  receipt: RECEIPT,
  embassyName: 'Embassy of Azerbaijan in Berlin',
  city: 'Berlin',
  exposure: 'shown',
  removed: [...TRACES],
} as const;

const AT = '2026-11-20T18:05:00.000Z';
const person = { addedAt: AT, passkeys: 0, own: false, last: false };
const people = [
  { ...person, id: ids[0] ?? '', address: 'ada@example.org', role: 'admin', own: true, last: true },
  { ...person, id: ids[1] ?? '', address: `${LONG_WORD}@example.org`, role: 'moderator' },
  { ...person, id: ids[2] ?? '', address: HOSTILE, role: 'admin', passkeys: 2 },
] as const;
const DAY = '2026-11-20';
const quiet = { stoppedOn: null, failingSince: null, lastOutcome: null, lastDay: null, waiting: 0 };
const hooks = {
  passkeys: 0,
  webhooks: [
    { ...quiet, id: ids[0] ?? '', url: 'https://example.org/hook' },
    {
      ...{ ...quiet, id: ids[1] ?? '', url: `https://example.org/${LONG_WORD}`, waiting: 3 },
      ...{ failingSince: DAY, lastOutcome: 'timeout', lastDay: DAY },
    },
    {
      ...{ ...quiet, id: ids[2] ?? '', url: 'https://example.com/?a=b&c', stoppedOn: DAY },
      ...{ failingSince: DAY, lastOutcome: 'status 500', lastDay: DAY },
    },
  ],
};
const account = {
  role: 'moderator',
  addedAt: AT,
  passkeys: [
    { id: 'one', name: HOSTILE, addedAt: AT },
    { id: 'two', name: LONG_WORD, addedAt: AT },
  ],
  sessions: [
    { handle: 'one', startedAt: AT, usedAt: AT, own: true },
    { handle: 'two', startedAt: AT, usedAt: AT, own: false },
  ],
} as const;

/** The embassies with photos at every third, as the map has them. */
const countedIn = (locale: Locale) =>
  inOrder(
    embassies.map((each, index) => ({
      ...each,
      name: embassyName(sayIn(locale), each),
      photos: index % 3 ? 0 : index,
      counted: index % 6 ? 0 : 2,
    })),
    sayIn(locale),
  );

const embed = { limit: 12, theme: 'auto', layout: 'grid' } as const;
const snippets = {
  element: '<photo-gallery limit="12"></photo-gallery>',
  frame: '<iframe src="https://photos.example/embed"></iframe>',
  rss: 'https://photos.example/gallery.rss',
  json: 'https://photos.example/gallery.json',
  html: '<p><a href="https://photos.example/gallery/x"><img src="x" alt="x"/></a></p>',
  preview: '/embed?limit=12',
};

/** Every page in its usual and its extreme states, by name, in one language. */
export function pagesIn(locale: Locale): Record<string, JSX.Element> {
  const page = (path: string) => pageIn(locale, path);
  const staff = (path: string) => staffIn(locale, path);
  const desk = deskIn(locale);
  const [first, ...others] = countedIn(locale);
  const strangers = { slug: HOSTILE, name: HOSTILE, city: LONG_WORD, country: 'DE' };
  const hostile = { ...(first as EmbassyCount), ...strangers };

  function statusOf(state: (typeof STATES)[number]) {
    return h(StatusPage, { page: page('/receipt'), ...status, state, refusal: 'photo-broken' });
  }

  function reasonOf(reason: (typeof REJECTION_REASONS)[number]) {
    return h(StatusPage, { page: page('/receipt'), ...status, state: 'rejected', reason });
  }

  return {
    home: h(HomePage, { page: page('/'), coverage, latest: items }),
    'home-empty': h(HomePage, { page: page('/'), coverage: none, latest: [] }),
    send: h(SendPage, { page: page('/send'), embassies, values: {}, idempotencyKey: 'key' }),
    'send-refused': h(SendPage, {
      page: page('/send'),
      embassies,
      values: { ...strange, embassy: 'embassy-berlin', exposure: 'counted', participant: 'person' },
      refusal: { code: 'form-invalid', fields },
      idempotencyKey: 'key',
    }),
    'send-wait': h(SendPage, {
      page: page('/send'),
      embassies,
      values: { draft: 'draft', ticket: 'ticket' },
      idempotencyKey: 'key',
      refusal: { code: 'wait-needed', fields: [], retryAfter: 42 },
    }),
    'send-photo-type': h(SendPage, {
      page: page('/send'),
      embassies,
      values: { city: 'Berlin' },
      refusal: { code: 'photo-type', fields: [] },
      idempotencyKey: 'key',
    }),
    sent: h(SentPage, {
      page: page('/send'),
      receipt: RECEIPT,
      state: 'waiting',
      removed: [...TRACES],
      checks,
    }),
    'sent-received': h(SentPage, {
      page: page('/send'),
      receipt: RECEIPT,
      state: 'received',
      removed: [],
      checks: [],
    }),
    receipt: h(ReceiptPage, { page: page('/receipt') }),
    'receipt-unknown': h(ReceiptPage, {
      page: page('/receipt'),
      refusal: { code: 'receipt-unknown', fields: [{ field: 'receipt', code: 'receipt-unknown' }] },
    }),
    'status-rejected': h(StatusPage, {
      page: page('/receipt'),
      ...status,
      city: LONG_WORD,
      state: 'rejected',
      reason: 'no-embassy',
      reply: HOSTILE,
    }),
    'status-lowered': h(StatusPage, {
      page: page('/receipt'),
      ...status,
      exposure: 'covered',
      state: 'waiting',
      lowered: true,
    }),
    withdraw: h(WithdrawPage, {
      page: page('/receipt'),
      receipt: RECEIPT,
      embassyName: status.embassyName,
    }),
    withdrawn: h(WithdrawnPage, { page: page('/receipt') }),
    gallery: h(GalleryPage, {
      page: page('/gallery'),
      items,
      nextCursor: 'next',
      total: 214,
      filters: {},
      embassies,
    }),
    'gallery-empty': h(GalleryPage, {
      page: page('/gallery'),
      items: [],
      nextCursor: null,
      total: 0,
      filters: { city: HOSTILE, country: 'DE' },
      embassies,
    }),
    photo: h(PhotoPage, {
      page: page('/gallery/x'),
      item: galleryItem(),
      address: 'https://example.org/gallery/x',
      beside: { previous: ids[0] ?? null, next: ids[1] ?? null },
    }),
    'photo-strange': h(PhotoPage, {
      page: page('/gallery/x'),
      item: galleryItem({ ...strange, alt: HOSTILE, images: [] }),
      address: 'https://example.org/gallery/x',
      beside: { previous: null, next: null },
    }),
    map: h(MapPage, {
      page: page('/map'),
      coverage,
      embassies: countedIn(locale),
      sheets: readSheets(),
    }),
    'map-strange': h(MapPage, {
      page: page('/map'),
      coverage: none,
      embassies: [{ ...hostile, slug: first?.slug ?? '' }, ...others],
      sheets: readSheets(),
    }),
    embassy: h(EmbassyPage, {
      page: page('/embassies/x'),
      embassy: { ...(first as EmbassyCount), photos: 8, counted: 0 },
      items,
    }),
    'embassy-missing': h(EmbassyPage, {
      page: page('/embassies/x'),
      embassy: { ...hostile, photos: 0, counted: 0 },
      items: [],
    }),
    mosaic: h(MosaicPage, {
      page: page('/mosaic'),
      mosaic: { file: '0123456789abcdef', photos: 1234, width: 6000, height: 4000 },
    }),
    'mosaic-none': h(MosaicPage, { page: page('/mosaic'), mosaic: null }),
    poster: h(PosterPage, { page: page('/poster'), address: 'http://127.0.0.1:3000/send' }),
    'poster-embassy': h(PosterPage, {
      page: page('/embassies/x/poster'),
      address: `https://${LONG_WORD}.example.org/${HOSTILE}/send?embassy=x`,
      embassy: hostile,
    }),
    embed: h(EmbedPage, { page: page('/embed'), query: embed, items, nextCursor: 'next' }),
    'embed-strange': h(EmbedPage, {
      page: page('/embed'),
      query: { ...embed, photo: HOSTILE, city: HOSTILE, theme: 'dark' },
      items: [galleryItem({ ...strange, alt: HOSTILE, images: [] })],
      nextCursor: null,
    }),
    'embed-gone': h(EmbedPage, {
      page: page('/embed'),
      query: embed,
      items: [],
      nextCursor: null,
      refusal: new Refusal('gone'),
    }),
    developers: h(DevelopersPage, {
      page: page('/developers'),
      code: developerCode('https://photos.example.org', ['embassy-berlin', 'embassy-vienna']),
    }),
    kit: h(KitPage, { page: page('/embed/kit'), query: kitQuery.parse({}), embassies, snippets }),
    'kit-checked': h(KitPage, {
      page: page('/embed/kit'),
      query: kitQuery.parse({ theme: 'dark', layout: 'strip', language: 'az', limit: '3' }),
      embassies,
      snippets: { ...snippets, html: HOSTILE, rss: HOSTILE },
      checked: {
        photos: FATES.map((fate, index) => ({ id: ids[index] ?? '', fate })),
        cut: true,
      },
    }),
    'kit-nothing': h(KitPage, {
      page: page('/embed/kit'),
      query: kitQuery.parse({ embassy: HOSTILE }),
      embassies,
      snippets,
      checked: { photos: [], cut: false },
    }),
    error: h(ErrorPage, { page: page('/nowhere'), code: 'line-full', retryAfter: 90 }),
    'sign-in': h(SignInPage, {
      page: { ...staff('/moderation/sign-in'), moderator: null },
      step: { kind: 'ask', refusal: 'sign-in-expired' },
    }),
    'sign-in-sent': h(SignInPage, {
      page: { ...staff('/moderation/sign-in'), moderator: null },
      step: { kind: 'sent' },
    }),
    ...Object.fromEntries(
      (['passkey', 'registration'] as const).map((kind) => [
        `sign-in-${kind}`,
        h(SignInPage, {
          page: { ...staff('/moderation/sign-in'), moderator: null },
          step: { kind },
        }),
      ]),
    ),
    ...Object.fromEntries(
      PEOPLE_DONE.map((done) => [
        `people-${done}`,
        h(PeoplePage, { page: staff('/moderation/people'), people, fresh: true, done }),
      ]),
    ),
    ...Object.fromEntries(
      WEBHOOKS_DONE.map((done) => [
        `webhooks-${done}`,
        h(WebhooksPage, { page: staff('/moderation/webhooks'), ...hooks, fresh: true, done }),
      ]),
    ),
    'webhooks-added': h(WebhooksPage, {
      ...{ page: staff('/moderation/webhooks'), ...hooks, fresh: true },
      added: { host: 'example.org', secret: `whsec_${'a'.repeat(43)}=` },
    }),
    'webhooks-empty': h(WebhooksPage, {
      ...{ page: staff('/moderation/webhooks'), webhooks: [], passkeys: 1, fresh: false },
    }),
    'webhooks-refused': h(WebhooksPage, {
      ...{ page: staff('/moderation/webhooks'), ...hooks, fresh: true, url: HOSTILE },
      refusal: { code: 'form-invalid', fields: [{ field: 'url', code: 'webhook-private' }] },
    }),
    'people-stale': h(PeoplePage, { page: staff('/moderation/people'), people, fresh: false }),
    'people-refused': h(PeoplePage, {
      page: staff('/moderation/people'),
      people: people.slice(0, 1),
      fresh: true,
      refusal: { code: 'form-invalid', fields: [{ field: 'email', code: 'address-invalid' }] },
      email: HOSTILE,
    }),
    ...Object.fromEntries(
      ACCOUNT_DONE.map((done) => [
        `account-${done}`,
        h(AccountPage, { page: staff('/moderation/account'), ...account, fresh: true, done }),
      ]),
    ),
    'account-stale': h(AccountPage, {
      page: staff('/moderation/account'),
      ...account,
      fresh: false,
    }),
    'account-new': h(AccountPage, {
      page: staff('/moderation/account'),
      ...account,
      passkeys: [],
      sessions: account.sessions.slice(0, 1),
      fresh: false,
    }),
    'sign-in-confirm': h(SignInPage, {
      page: { ...staff('/moderation/sign-in'), moderator: null },
      step: { kind: 'confirm', token: 'token' },
    }),
    queue: h(QueuePage, {
      ...desk,
      page: staff('/moderation'),
      view: 'grid',
      counts,
      oldestHours: 217,
      items: [
        ...queue,
        queueItem({
          ...strange,
          claim: { by: LONG_WORD, mine: false },
          id: '0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5aff',
          thumb: null,
        }),
      ],
      nextCursor: 'next',
      aside: 12,
      flash: { act: 'approved', done: 5, late: 1, undo: true },
    }),
    'queue-rejected': h(QueuePage, {
      ...desk,
      page: staff('/moderation'),
      filter: { state: 'rejected', embassy: 'embassy-berlin', exposure: 'covered', warned: 'yes' },
      view: 'list',
      counts,
      oldestHours: 1,
      items: queue.map((item) => ({ ...item, state: 'rejected' as const, decision })),
      nextCursor: null,
      flash: { act: 'edited', done: 1, late: 0, undo: false },
    }),
    'queue-empty': h(QueuePage, {
      ...desk,
      page: staff('/moderation'),
      view: 'list',
      counts: { ...counts, waiting: 0 },
      oldestHours: null,
      items: [],
      nextCursor: null,
    }),
    submission: h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      item: queueItem({ similar: ids.slice(0, 2) }),
      similar: ids.slice(0, 2).map((id) => ({ id, thumb: '/thumb', state: 'approved' as const })),
      nextId: ids[1] ?? null,
    }),
    'submission-claimed': h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      item: queueItem({ ...strange, exposure: 'counted', claim: { by: HOSTILE, mine: false } }),
      similar: [],
      nextId: ids[1] ?? null,
      previousId: ids[2] ?? null,
      flash: { act: 'rejected', done: 1, late: 0, undo: true },
    }),
    'submission-public': h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      filter: { state: 'approved' },
      item: queueItem({
        state: 'approved',
        alt: HOSTILE,
        decision: {
          ...decision,
          reason: null,
          criteria: { flag: true, slogan: true, embassy: true },
        },
      }),
      similar: [],
      refusal: { code: 'form-invalid', fields: [{ field: 'alt', code: 'too-long' }] },
    }),
    'submission-late': h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      item: queueItem({ ...strange, state: 'rejected', decision }),
      similar: [],
      notice: { state: 'rejected', decidedBy: 'colleague@example.org', reason: 'no-embassy' },
    }),
    'submission-gone': h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      item: queueItem({ state: 'withdrawn', photo: null, thumb: null, name: null, message: null }),
      similar: [],
      notice: { state: 'withdrawn', decidedBy: null },
    }),
    'submission-covers': h(SubmissionPage, {
      ...desk,
      page: staff('/moderation/submissions/x'),
      item: queueItem(),
      similar: [],
      refusal: { code: 'covers-needed', fields: [] },
    }),
    log: h(LogPage, {
      page: staff('/moderation/log'),
      rows: [
        ...ACTS.map((act) => logRow({ decision: act })),
        logRow({ decision: 'rejected', reason: 'no-embassy', note: HOSTILE }),
        logRow({ decision: 'unheard-of', reason: LONG_WORD, note: LONG_WORD, about: HOSTILE }),
        logRow({ at: '2026-11-19T08:00:00.000Z', moderator: '', submissionId: null }),
      ],
      nextCursor: 'next',
      choices: { person: 'x', act: 'rejected', photo: HOSTILE, from: '2026-11-01' },
      people: new Map([['x', HOSTILE]]),
    }),
    'log-empty': h(LogPage, {
      page: staff('/moderation/log'),
      rows: [],
      nextCursor: null,
      choices: {},
      people: new Map(),
    }),
    mails: h(MailsPage, {
      page: staff('/moderation/mails'),
      every: 'service',
      quiet: { from: 22, until: 7, timeZone: 'Asia/Baku' },
      usualMinutes: 30,
      saved: true,
    }),
    'mails-plain': h(MailsPage, {
      page: staff('/moderation/mails'),
      every: 'never',
      quiet: null,
      usualMinutes: 0,
      saved: false,
    }),
    'mails-stop': h(MailsStopPage, { page: staff('/moderation/mails/stop'), stopped: false }),
    'mails-stopped': h(MailsStopPage, { page: staff('/moderation/mails/stop'), stopped: true }),
    numbers: h(NumbersPage, { page: staff('/moderation/numbers'), figures }),
    'numbers-none': h(NumbersPage, {
      page: staff('/moderation/numbers'),
      figures: {
        ...figures,
        weeks: figures.weeks.map(({ from }) => ({ from, received: 0, approved: 0, rejected: 0 })),
        waited: null,
        reasons: [],
        embassies: [],
        moderators: null,
      },
    }),
    outbox: h(OutboxPage, {
      page: staff('/moderation/outbox'),
      sending: false,
      rows: [
        { kind: 'digest', state: 'queued', attempts: 0, lastError: null, text: HOSTILE },
        { kind: 'sign-in', state: 'given-up', attempts: 7, lastError: 'connect-timeout' },
      ],
    }),
    'outbox-empty': h(OutboxPage, { page: staff('/moderation/outbox'), sending: true, rows: [] }),
    ...Object.fromEntries(STATES.map((state) => [`status-${state}-plain`, statusOf(state)])),
    ...Object.fromEntries(
      REJECTION_REASONS.map((reason) => [`status-${reason}`, reasonOf(reason)]),
    ),
    ...Object.fromEntries(
      (Object.keys(REFUSALS) as RefusalCode[]).map((code) => [
        `error-${code}`,
        h(ErrorPage, { page: page('/'), code }),
      ]),
    ),
  };
}

const figures: Figures = {
  weeks: Array.from({ length: 26 }, (_, index) => ({
    from: new Date(Date.UTC(2026, 4, 25 + 7 * index)).toISOString().slice(0, 10),
    received: index * 37,
    approved: index * 30,
    rejected: index,
  })),
  waited: { decisions: 1200, medianHours: 7, p95Hours: 75 },
  reasons: REJECTION_REASONS.map((reason, index) => ({ reason, count: 9 - index })),
  embassies: embassies.slice(0, 20).map(({ slug, city }, count) => ({ slug, name: city, count })),
  moderators: [
    { name: HOSTILE, count: 6, approved: 3, rejected: 2, reopened: 1 },
    { name: '', count: 0, approved: 0, rejected: 0, reopened: 0 },
  ],
};

let logRows = 0;

function logRow(changes: Partial<LogRow>): LogRow {
  return {
    number: ++logRows,
    at: '2026-11-20T18:05:00.000Z',
    moderator: 'm@example.org',
    decision: 'approved',
    submissionId: ids[0] ?? null,
    about: null,
    reason: null,
    note: null,
    criteria: null,
    hoursWaited: null,
    ...changes,
  };
}
