/** What the log knows people to do: decisions about photos, and acts about colleagues. */
export const DECISIONS = ['approved', 'rejected', 'reopened'] as const;
export const ACTS = [
  ...DECISIONS,
  'covered',
  'edited',
  'invited',
  'removed',
  'made-admin',
  'made-moderator',
  'brake-pulled',
  'brake-released',
  'passkey-added',
  'passkey-removed',
  'access-reset',
  'webhook-added',
  'webhook-removed',
  'webhook-restarted',
  'campaign-stopped',
  'campaign-opened',
] as const;
export type Act = (typeof ACTS)[number];
export type Decision = (typeof DECISIONS)[number];
