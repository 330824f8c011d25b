import type { EmbassyChoice } from '../../web/components/embassies.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import type { Checked } from '../embed/check.ts';
import type { Snippets } from '../embed/kit-snippets.ts';
import type { KitQuery } from '../embed/options.ts';
import { KitCheck } from './kit-check.tsx';
import { KitForm } from './kit-form.tsx';
import { KitSnippets } from './kit-snippets.tsx';

export interface KitPageProps {
  page: PageContext;
  query: KitQuery;
  embassies: readonly EmbassyChoice[];
  snippets: Snippets;
  /** What became of the photos in the text that was pasted. */
  checked?: Checked | undefined;
}

const GUIDES = {
  wordpress: { name: 'WordPress', steps: ['link', 'block', 'plain', 'look'] },
  joomla: { name: 'Joomla', steps: ['feed', 'pictures', 'menu', 'article', 'module'] },
} as const;

/** For people with a site of their own: snippets, how to use them, and whether all is still there. */
export function KitPage({ page, query, embassies, snippets, checked }: KitPageProps) {
  const { say } = page;
  return (
    <Layout page={page} title={say('kit.title')} width="full" script="kit">
      <h1>{say('kit.title')}</h1>
      <p class="lead">{say('kit.lead')}</p>
      {checked && <KitCheck page={page} checked={checked} />}
      <section>
        <h2>{say('kit.choose')}</h2>
        <KitForm page={page} query={query} embassies={embassies} />
      </section>
      <section>
        <h2>{say('kit.preview')}</h2>
        <iframe class="preview" src={snippets.preview} title={say('kit.preview')} loading="lazy" />
      </section>
      <section id="snippets">
        <h2>{say('kit.snippets')}</h2>
        <KitSnippets say={say} snippets={snippets} />
      </section>
      <div class="pair">
        <Guide page={page} system="wordpress" />
        <Guide page={page} system="joomla" />
      </div>
      {!checked && <KitCheck page={page} />}
      <p>
        <a href={href(page, '/developers')}>{say('dev.title')}</a>
      </p>
    </Layout>
  );
}

function Guide({ page: { say }, system }: { page: PageContext; system: keyof typeof GUIDES }) {
  const { name, steps } = GUIDES[system];
  return (
    <section>
      <h2>{name}</h2>
      <ol class="numbered">
        {steps.map((step) => (
          <li key={step}>{say(`kit.${system}.${step}` as GuideKey)}</li>
        ))}
      </ol>
    </section>
  );
}

type GuideKey = {
  [System in keyof typeof GUIDES]: `kit.${System}.${(typeof GUIDES)[System]['steps'][number]}`;
}[keyof typeof GUIDES];
