import { href, type PageContext } from '../../web/page.ts';
import type { EmbassyCount } from '../embassies.ts';
import { type Dot, type Sheet, sizeOf } from '../map.ts';

interface SheetProps {
  page: PageContext;
  sheet: Sheet;
  /** By slug. */
  embassies: ReadonlyMap<string, EmbassyCount>;
}

/** One map with its embassies as links, in the order of the list, and ways to its enlarged parts. */
export function MapSheet({ page, sheet, embassies }: SheetProps) {
  const { name, width, height, land, dots, parts } = sheet;
  const places = new Map(dots.map((dot) => [dot.slug, dot]));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws no maps
    <svg
      class="map"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-labelledby={`map-${name}`}
      xmlns="http://www.w3.org/2000/svg"
    >
      <path class="land" d={land} />
      {parts.map((part) => (
        <MapPart key={part.name} page={page} part={part} embassies={embassies} />
      ))}
      {[...embassies.values()].map((embassy) => {
        const dot = places.get(embassy.slug);
        return dot && <EmbassyDot key={embassy.slug} page={page} dot={dot} embassy={embassy} />;
      })}
    </svg>
  );
}

/** The whole reach can be pressed, not only the mark. */
function EmbassyDot({
  page,
  dot,
  embassy,
}: {
  page: PageContext;
  dot: Dot;
  embassy: EmbassyCount;
}) {
  const { slug, name, country, photos, counted } = embassy;
  const { x, y, home, reach } = dot;
  return (
    <a class="dot" href={href(page, `/embassies/${slug}`)}>
      <title>
        {page.say('map.dot', {
          embassy: name,
          country: page.say.country(country),
          count: photos + counted,
        })}
      </title>
      <path class="reach" d={reach} />
      {home && <path class="stem" d={`M${home.join(' ')}L${x} ${y}`} />}
      <Mark x={x} y={y} count={photos + counted} />
    </a>
  );
}

/** A crowded part: small marks for its shape, and one link to where it is drawn larger. */
function MapPart({
  page,
  part,
  embassies,
}: Pick<SheetProps, 'page' | 'embassies'> & { part: Sheet['parts'][number] }) {
  const { say } = page;
  return (
    <a class="part" href={`#map-${part.name}`}>
      <title>{say('map.part', { part: say(`map.${part.name}`), count: part.dots.length })}</title>
      <path class="around" d={part.around} />
      {part.dots.map(({ slug, x, y }) => {
        const { photos, counted } = embassies.get(slug) ?? { photos: 0, counted: 0 };
        return <Mark key={slug} x={x} y={y} count={Math.min(1, photos + counted)} />;
      })}
    </a>
  );
}

/**
 * A ring where nobody has been, a disc that grows with the photos where somebody has: lines
 * without length and with round ends, whose width a style sheet gives in pixels of any screen.
 */
export function Mark({ x, y, count }: { x: number; y: number; count: number }) {
  const size = sizeOf(count);
  const d = `M${x} ${y}h0`;
  return (
    <>
      <path class={`mark edge size-${size}`} d={d} />
      <path class={`mark ${size ? 'reached' : 'missing'} size-${size}`} d={d} />
      {size === 0 && <path class="mark hole" d={d} />}
    </>
  );
}
