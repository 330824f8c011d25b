/**
 * The campaign's face in one place. Its longer texts are the `home.*`, `send.*` sentences of
 * `i18n/*.json`, its colours the custom properties at the top of `web/assets/style.css`.
 */
export const campaign = {
  name: 'Compete 4 Equality',
  slogan: 'Compete 4 Equality!',
  /** Version of the consent text (`consent.*` in the translations); a new wording is a new version. */
  consentVersion: '2026-11',
} as const;
