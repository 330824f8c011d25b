import type { Say } from '../../i18n/say.ts';
import type { Criteria } from '../../submission/states.ts';

interface Seen {
  /** Its name in the reader's language. */
  embassy: string;
  city: string;
  criteria: Criteria;
}

/** What a photo shows, for who cannot see it: only what a moderator confirmed to be in it. */
export function altText(say: Say, { embassy, city, criteria }: Seen): string {
  const seen = `${yesNo(criteria.flag)}-${yesNo(criteria.slogan)}` as const;
  return say(`alt.${criteria.embassy ? 'embassy' : 'city'}`, {
    scene: say(`alt.scene.${seen}`),
    embassy,
    city,
  });
}

function yesNo(value: boolean) {
  return value ? 'yes' : 'no';
}
