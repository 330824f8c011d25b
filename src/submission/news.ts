/**
 * What mirrors and webhooks are told of a photo. `approved`: it is public, newly or with something
 * changed. `withdrawn`: it is not public any more, whoever decided so and for whatever reason.
 */
export const PUBLIC_NEWS = ['approved', 'withdrawn'] as const;
export type PublicNews = (typeof PUBLIC_NEWS)[number];

/** What a webhook is called with. */
export type WebhookEvent = `photo.${PublicNews}` | 'test';
