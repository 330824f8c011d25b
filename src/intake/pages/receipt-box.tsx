import { campaign } from '../../campaign/campaign.ts';
import type { Say } from '../../i18n/say.ts';

/** The receipt, what it is good for, and what scripts can do with it on this device. */
export function ReceiptBox({ say, receipt }: { say: Say; receipt: string }) {
  return (
    <section class="receipt" aria-labelledby="receipt-title" data-campaign={campaign.name}>
      <h2 id="receipt-title">{say('sent.receipt.title')}</h2>
      <output class="receipt-code" translate={false}>
        {receipt}
      </output>
      <div data-part="receipt-tools" class="no-print" hidden>
        <p class="tools">
          <button type="button" data-part="copy">
            {say('browser.receipt.copy')}
          </button>
          <button type="button" class="second" data-part="print">
            {say('browser.receipt.print')}
          </button>
          <button type="button" class="second" data-part="save">
            {say('browser.receipt.save')}
          </button>
          <button type="button" class="second" data-part="qr" aria-expanded="false">
            {say('browser.receipt.qr')}
          </button>
        </p>
        <p class="hint" data-part="receipt-status" role="status" />
      </div>
      <div class="qr" data-part="qr-place" hidden>
        <p class="hint">{say('browser.receipt.qr.hint')}</p>
      </div>
      <p>
        <strong>{say('sent.receipt.once')}</strong>
      </p>
      <p>{say('sent.receipt.good-for')}</p>
      <p>{say('sent.receipt.secret')}</p>
    </section>
  );
}
