import type { ComponentChildren } from 'preact';
import { campaign } from '../../campaign/campaign.ts';
import { Figures } from '../../web/components/figures.tsx';
import { Flag } from '../../web/components/flag.tsx';
import { type GalleryItem, PhotoGrid } from '../../web/components/photos.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface Coverage {
  photos: number;
  counted: number;
  embassies: number;
  embassiesTotal: number;
  countries: number;
  cities: number;
}

export interface HomePageProps {
  page: PageContext;
  coverage: Coverage;
  latest: readonly GalleryItem[];
  /** More for the head of the page. */
  head?: ComponentChildren;
}

const STEPS = ['place', 'photo', 'send'] as const;

export function HomePage({ page, coverage, latest, head }: HomePageProps) {
  const { say } = page;
  return (
    <Layout page={page} title={campaign.slogan} width="full" head={head}>
      <section class="hero">
        <div>
          <h1>{campaign.slogan}</h1>
          <p class="lead">{say('home.lead')}</p>
          <p class="actions">
            <a class="button" href={href(page, '/send')}>
              {say('home.send')}
            </a>
            <a class="button second" href={href(page, '/gallery')}>
              {say('home.look')}
            </a>
          </p>
        </div>
        <Flag />
      </section>

      <Reached page={page} coverage={coverage} />
      <p class="ways-on">
        <a href={href(page, '/map')}>{say('embassy-page.map')}</a>
      </p>

      <section>
        <h2>{say('home.steps.title')}</h2>
        <ol class="steps">
          {STEPS.map((step) => (
            <li key={step}>
              <h3>{say(`home.step.${step}.title`)}</h3>
              <p>{say(`home.step.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>

      <section>
        <h2>{say('home.latest.title')}</h2>
        {latest.length === 0 ? (
          <p>{say('home.latest.none')}</p>
        ) : (
          <>
            <PhotoGrid page={page} items={latest} />
            <p class="actions">
              <a class="button second" href={href(page, '/gallery')}>
                {say('home.latest.all')}
              </a>
            </p>
          </>
        )}
      </section>

      <div class="pair">
        <section>
          <h2>{say('home.why.title')}</h2>
          <p>{say('home.why.text')}</p>
          <p>{say('home.why.many')}</p>
        </section>
        <section>
          <h2>{say('home.careful.title')}</h2>
          <p>{say('home.careful.text')}</p>
          <p>{say('home.careful.ways')}</p>
        </section>
      </div>
    </Layout>
  );
}

/** The campaign so far, in figures. A list of terms reads well without the large type. */
export function Reached({ page: { say }, coverage }: Pick<HomePageProps, 'page' | 'coverage'>) {
  const { photos, counted, embassies, embassiesTotal, countries, cities } = coverage;
  const figures = [
    { value: photos, label: say('home.reached.photos', { count: photos }) },
    { value: counted, label: say('home.reached.counted', { count: counted }) },
    { value: embassies, label: say('home.reached.embassies', { total: embassiesTotal }) },
    { value: countries, label: say('home.reached.countries', { count: countries }) },
    { value: cities, label: say('home.reached.cities', { count: cities }) },
  ];
  if (photos + counted === 0) return null;
  return (
    <section>
      <h2>{say('home.reached.title')}</h2>
      <Figures say={say} figures={figures} />
    </section>
  );
}
