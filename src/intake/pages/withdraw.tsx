import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface WithdrawPageProps {
  page: PageContext;
  receipt: string;
  embassyName: string;
}

/** The one question before a photo is gone for good. */
export function WithdrawPage({ page, receipt, embassyName }: WithdrawPageProps) {
  const { say } = page;
  return (
    <Layout page={{ ...page, path: '/receipt' }} title={say('withdraw.title')}>
      <h1>{say('withdraw.title')}</h1>
      <p class="lead">{embassyName}</p>
      <p>{say('withdraw.text')}</p>
      <div class="actions">
        <form method="post" action={href(page, '/receipt/withdrawal')} autoComplete="off">
          <input type="hidden" name="receipt" value={receipt} autoComplete="off" />
          <input type="hidden" name="confirmed" value="yes" />
          <button class="danger" type="submit">
            {say('withdraw.yes')}
          </button>
        </form>
        <form method="post" action={href(page, '/receipt')} autoComplete="off">
          <input type="hidden" name="receipt" value={receipt} autoComplete="off" />
          <button class="second" type="submit">
            {say('withdraw.no')}
          </button>
        </form>
      </div>
    </Layout>
  );
}
