import type { Say } from '../../i18n/say.ts';

interface Figure {
  value: number;
  label: string;
}

/** Numbers in large type; those that are nothing yet are left out. */
export function Figures({ say, figures }: { say: Say; figures: readonly Figure[] }) {
  return (
    <ul class="figures">
      {figures
        .filter(({ value }) => value > 0)
        .map(({ value, label }) => (
          <li key={label}>
            <strong>{say.number(value)}</strong> <span>{label}</span>
          </li>
        ))}
    </ul>
  );
}
