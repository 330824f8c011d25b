import { copyText } from '../copy.ts';
import { part, word } from '../page.ts';

/** Copy, print, save and QR code of the receipt. All of it happens on this device. */
export function equipReceipt(root: ParentNode): void {
  const code = root.querySelector('.receipt-code');
  const box = code?.closest<HTMLElement>('.receipt');
  const receipt = code?.textContent?.trim() ?? '';
  if (!box || receipt === '') return;
  const status = part(box, 'receipt-status');
  const say = (text: string) => {
    status.textContent = text;
  };
  part(box, 'receipt-tools').hidden = false;
  part(box, 'copy').addEventListener('click', () => {
    copyText(receipt).then(
      () => say(word('browser.receipt.copied')),
      () => say(word('browser.receipt.copy-failed')),
    );
  });
  part(box, 'print').addEventListener('click', () => print());
  part(box, 'save').addEventListener('click', () => {
    save(receipt, box.dataset.campaign ?? '');
    say(word('browser.receipt.saved'));
  });
  part(box, 'qr').addEventListener('click', () => void toggleQr(box, receipt));
}

async function toggleQr(box: HTMLElement, receipt: string): Promise<void> {
  const place = part(box, 'qr-place');
  if (!place.querySelector('svg')) {
    const { drawQr } = await import('./qr.ts');
    place.prepend(drawQr(receipt, word('browser.receipt.qr.label')));
  }
  place.hidden = !place.hidden;
  part(box, 'qr').setAttribute('aria-expanded', String(!place.hidden));
}

/** The name of the file says nothing of what it is for. */
function save(receipt: string, campaign: string): void {
  const address = new URL('/receipt', location.href).href;
  const text = `${receipt}\n\n${word('browser.receipt.file', { campaign, address })}\n`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = 'receipt.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
