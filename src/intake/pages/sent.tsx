import type { Say } from '../../i18n/say.ts';
import { CHECKS, type Check, TRACES, type Trace } from '../../submission/photo.ts';
import { CheckList, RemovedList } from '../../web/components/findings.tsx';
import { Words } from '../../web/components/words.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';
import { ReceiptBox } from './receipt-box.tsx';

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
    <Layout page={page} title={say('sent.title')} script="supporter">
      <h1>{say('sent.title')}</h1>
      <p class="lead">{say(`state.${state}.next`)}</p>
      <ReceiptBox say={say} receipt={receipt} />
      {state === 'waiting' && (
        <div class="no-print">
          <section>
            <h2>{say('removed.title')}</h2>
            <RemovedList say={say} removed={removed} />
          </section>
          <section>
            <Checks say={say} />
            <CheckList say={say} checks={checks} />
          </section>
        </div>
      )}
      <Onward page={page} />
      <Words say={say} words={RECEIPT_WORDS} />
    </Layout>
  );
}

const RECEIPT_WORDS = [
  'browser.receipt.copied',
  'browser.receipt.copy-failed',
  'browser.receipt.saved',
  'browser.receipt.qr.label',
  'browser.receipt.file',
] as const;

/** What a check found is filled in by the script, in the words of the service. */
const EVERY_CHECK = CHECKS.flatMap((code): Check[] => [
  { code, outcome: 'pass', finding: '' },
  { code, outcome: 'warn', finding: '' },
]);

function Checks({ say }: { say: Say }) {
  return (
    <>
      <h2>{say('sent.checks.title')}</h2>
      <p>{say('sent.checks.intro')}</p>
    </>
  );
}

function Onward({ page }: { page: PageContext }) {
  const { say } = page;
  return (
    <p class="actions no-print">
      <a class="button second" href={href(page, '/gallery')}>
        {say('home.look')}
      </a>
      <a class="button second" href={href(page, '/send')}>
        {say('sent.another')}
      </a>
    </p>
  );
}

/**
 * The same page for scripts to fill: everything that can be said of a photo, of which they leave
 * what is true of this one.
 */
export function SentTemplate({ page }: { page: PageContext }) {
  const { say } = page;
  return (
    <template id="sent" data-title={say('sent.title')}>
      <h1 tabIndex={-1}>{say('sent.title')}</h1>
      <p class="lead" data-state="waiting">
        {say('state.waiting.next')}
      </p>
      <p class="lead" data-state="received">
        {say('state.received.next')}
      </p>
      <ReceiptBox say={say} receipt="" />
      <div class="no-print">
        <section data-part="removed">
          <h2>{say('removed.title')}</h2>
          <RemovedList say={say} removed={TRACES} />
        </section>
        <section data-part="checks">
          <Checks say={say} />
          <CheckList say={say} checks={EVERY_CHECK} />
        </section>
      </div>
      <Onward page={page} />
    </template>
  );
}
