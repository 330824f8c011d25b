import type { ComponentChildren } from 'preact';
import type { Say } from '../../i18n/say.ts';

/** Units of a drawing, which CSS then stretches: no style may stand in a page. */
const STEP = 10;
const GAP = 2;
const HEIGHT = 100;
/** Something that is more than nothing is seen. */
const LEAST = 2;

interface ColumnsProps {
  say: Say;
  label: string;
  points: readonly { name: string; value: number }[];
  /** What the highest column stands for; the same for charts that are compared. */
  most: number;
}

/** A small chart over time. Its sum stands in its caption, its numbers in a table beside it. */
export function Columns({ say, label, points, most }: ColumnsProps) {
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const width = points.length * STEP;
  return (
    <figure class="columns">
      <figcaption>
        {label} <strong>{say.number(total)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}${say.colon} ${say.number(total)}`}
      >
        <rect class="ground" x="0" y={HEIGHT - 1} width={width} height="1" />
        {points.map(({ name, value }, index) => {
          const height = value === 0 ? 0 : Math.max(LEAST, Math.round((value / most) * HEIGHT));
          return (
            <rect
              key={name}
              class="bar"
              x={index * STEP + GAP / 2}
              y={HEIGHT - height}
              width={STEP - GAP}
              height={height}
            >
              <title>{`${name}${say.colon} ${say.number(value)}`}</title>
            </rect>
          );
        })}
      </svg>
    </figure>
  );
}

interface BarsProps {
  say: Say;
  /** Heads of the two columns that hold text. */
  heads: readonly [label: string, value: string];
  rows: readonly { label: string; value: number; note?: ComponentChildren }[];
}

/** Numbers as a table, each with a bar that says nothing the number does not. */
export function Bars({ say, heads, rows }: BarsProps) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <table class="bars">
      <thead class="hidden">
        <tr>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, value, note }) => (
          <tr key={label}>
            <th scope="row">
              <bdi>{label}</bdi>
              {note && <span class="soft"> {note}</span>}
              <svg viewBox={`0 0 ${most} 1`} preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar" x="0" y="0" width={value} height="1" />
              </svg>
            </th>
            <td>{say.number(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
