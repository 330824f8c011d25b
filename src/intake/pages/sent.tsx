import type { Check, Trace } from '../../submission/photo.ts';
import { CheckList, RemovedList } from '../../web/components/findings.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface SentPageProps {
  page: PageContext;
  /** In groups, as it is shown: `7K3M-Q2ZX-...`. */
  receipt: string;
  state: 'waiting' | 'received';
  removed: readonly Trace[];
  /** Without `repeat`: nobody learns here what others have sent. */
  checks: readonly Check[];
}

export function SentPage({ page, receipt, state, removed, checks }: SentPageProps) {
  const { say } = page;
  return (
    <Layout page={page} title={say('sent.title')}>
      <h1>{say('sent.title')}</h1>
      <p class="lead">{say(`state.${state}.next`)}</p>
      <section class="receipt" aria-labelledby="receipt-title">
        <h2 id="receipt-title">{say('sent.receipt.title')}</h2>
        <output class="receipt-code" translate={false}>
          {receipt}
        </output>
        <p>
          <strong>{say('sent.receipt.once')}</strong>
        </p>
        <p>{say('sent.receipt.good-for')}</p>
        <p>{say('sent.receipt.secret')}</p>
      </section>
      {state === 'waiting' && (
        <div class="no-print">
          <section>
            <h2>{say('removed.title')}</h2>
            <RemovedList say={say} removed={removed} />
          </section>
          <section>
            <h2>{say('sent.checks.title')}</h2>
            <p>{say('sent.checks.intro')}</p>
            <CheckList say={say} checks={checks} />
          </section>
        </div>
      )}
      <p class="actions no-print">
        <a class="button second" href={href(page, '/gallery')}>
          {say('home.look')}
        </a>
        <a class="button second" href={href(page, '/send')}>
          {say('sent.another')}
        </a>
      </p>
    </Layout>
  );
}
