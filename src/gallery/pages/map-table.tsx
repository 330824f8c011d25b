import { href, type PageContext } from '../../web/page.ts';
import type { EmbassyCount } from '../embassies.ts';
import { Mark } from './map-sheet.tsx';

/** The same as the maps in rows: for who reads, listens, prints or has a broad thumb. */
export function MapTable({
  page,
  embassies,
}: {
  page: PageContext;
  embassies: readonly EmbassyCount[];
}) {
  const { say } = page;
  return (
    <table class="map-table">
      <thead>
        <tr>
          <th scope="col">{say('map.table.country')}</th>
          <th scope="col">{say('map.table.embassy')}</th>
          <th scope="col">{say('map.table.photos')}</th>
          <th scope="col">{say('map.table.counted')}</th>
        </tr>
      </thead>
      <tbody>
        {embassies.map(({ slug, name, country, photos, counted }) => (
          <tr key={slug}>
            <td>{say.country(country)}</td>
            <th scope="row">
              <a href={href(page, `/embassies/${slug}`)}>
                <Sample count={photos + counted} />
                {name}
              </a>
            </th>
            <td>{say.number(photos)}</td>
            <td>{say.number(counted)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A mark beside words. */
export function Sample({ count }: { count: number }) {
  return (
    <svg class="map sample" viewBox="-16 -16 32 32" width="32" height="32" aria-hidden="true">
      <Mark x={0} y={0} count={count} />
    </svg>
  );
}
