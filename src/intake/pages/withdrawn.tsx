import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface WithdrawnPageProps {
  page: PageContext;
}

export function WithdrawnPage({ page }: WithdrawnPageProps) {
  const { say } = page;
  return (
    <Layout page={{ ...page, path: '/receipt' }} title={say('withdrawn.title')}>
      <h1>{say('withdrawn.title')}</h1>
      <p class="lead">{say('withdrawn.lead')}</p>
      <p>{say('withdrawn.elsewhere')}</p>
      <p class="actions">
        <a class="button second" href={href(page, '/')}>
          {say('error.to-home')}
        </a>
      </p>
    </Layout>
  );
}
