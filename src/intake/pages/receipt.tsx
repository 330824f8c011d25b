import { fieldSentence } from '../../i18n/sentences.ts';
import { ErrorSummary, Field, type FormRefusal } from '../../web/components/form.tsx';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface ReceiptPageProps {
  page: PageContext;
  /** Such as `receipt-unknown`. What was typed is not repeated: the page may be left open. */
  refusal?: FormRefusal | undefined;
}

/** Asks for the receipt. It travels in the body of the form, never in an address. */
export function ReceiptPage({ page, refusal }: ReceiptPageProps) {
  const { say } = page;
  const error = refusal?.fields.find(({ field }) => field === 'receipt');
  return (
    <Layout page={page} title={say('receipt.title')}>
      {refusal && (
        <ErrorSummary say={say} refusal={refusal} labels={{ receipt: say('receipt.label') }} />
      )}
      <h1>{say('receipt.title')}</h1>
      <p class="lead">{say('receipt.lead')}</p>
      <form method="post" action={href(page, '/receipt')} autoComplete="off">
        <Field
          name="receipt"
          label={say('receipt.label')}
          hint={say('receipt.hint')}
          error={error && fieldSentence(say, error)}
        >
          {(control) => (
            <input
              {...control}
              class="code"
              type="text"
              required
              autoComplete="off"
              autoCapitalize="characters"
              spellcheck={false}
            />
          )}
        </Field>
        <button type="submit">{say('receipt.submit')}</button>
      </form>
      <section>
        <h2>{say('receipt.lost.title')}</h2>
        <p>{say('receipt.lost.text')}</p>
      </section>
    </Layout>
  );
}
