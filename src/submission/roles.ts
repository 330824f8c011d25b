/** What staff may do: moderators decide about photos, admins also about colleagues. */
export const ROLES = ['moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];
