import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import type { EmbassyCount } from '../embassies.ts';
import type { Sheet } from '../map.ts';
import { type Coverage, Reached } from './home.tsx';
import { MapSheet } from './map-sheet.tsx';
import { MapTable, Sample } from './map-table.tsx';

export interface MapPageProps {
  page: PageContext;
  coverage: Coverage;
  /** In the order they are to be listed. */
  embassies: readonly EmbassyCount[];
  sheets: readonly Sheet[];
}

export function MapPage({ page, coverage, embassies, sheets }: MapPageProps) {
  const { say } = page;
  const { embassies: reached, embassiesTotal: total } = coverage;
  const bySlug = new Map(embassies.map((embassy) => [embassy.slug, embassy]));
  return (
    <Layout page={page} title={say('map.title')} width="full">
      <h1>{say('map.title')}</h1>
      <p class="lead">{say('map.lead', { reached, total })}</p>
      <p>
        <a class="to-list" href="#map-list">
          {say('map.to-list')}
        </a>
      </p>
      <div class="maps">
        {sheets.map((sheet) => (
          <figure key={sheet.name} class={`map-${sheet.name}`}>
            <figcaption id={`map-${sheet.name}`}>{say(`map.${sheet.name}`)}</figcaption>
            <MapSheet page={page} sheet={sheet} embassies={bySlug} />
            {sheet.name === 'world' && <Legend page={page} />}
          </figure>
        ))}
      </div>
      <Reached page={page} coverage={coverage} />
      <section id="map-list">
        <h2>{say('map.list')}</h2>
        <MapTable page={page} embassies={embassies} />
        <p class="actions">
          <a class="button" href={href(page, '/send')}>
            {say('home.send')}
          </a>
          <a class="button second" href={href(page, '/poster')}>
            {say('poster.link')}
          </a>
        </p>
      </section>
    </Layout>
  );
}

/** What the marks mean, in words. */
function Legend({ page: { say } }: { page: PageContext }) {
  return (
    <ul class="legend">
      <li>
        <Sample count={0} /> {say('map.legend.missing')}
      </li>
      <li>
        <Sample count={1} />
        <Sample count={5} />
        <Sample count={100} /> {say('map.legend.reached')}
      </li>
      <li>
        <span class="legend-part" /> {say('map.legend.part')}
      </li>
    </ul>
  );
}
