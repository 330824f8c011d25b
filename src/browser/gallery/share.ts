import { copyText } from '../copy.ts';
import { part, word } from '../page.ts';

/** Shows the buttons of `ShareLinks` that this device can do, and does what they say. */
export function equipShare(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>('[data-part="share"]');
  if (!box) return;
  const { address = '', text = '' } = box.dataset;
  const status = part(box, 'status');
  const copy = part<HTMLButtonElement>(box, 'copy');
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    status.textContent = await copied(address);
  });
  const device = part<HTMLButtonElement>(box, 'device');
  device.hidden = !('share' in navigator);
  device.addEventListener('click', () => void shareByDevice(address, text));
  const field = box.querySelector('input');
  field?.addEventListener('focus', () => field.select());
}

/** Shares by the device where it can, else copies the address. Resolves to what to tell about it. */
export async function share(address: string, text: string): Promise<string> {
  if (!('share' in navigator)) return copied(address);
  await shareByDevice(address, text);
  return '';
}

async function shareByDevice(url: string, text: string): Promise<void> {
  // Thinking better of it rejects as well, and needs no answer.
  await navigator.share({ url, text }).catch(() => undefined);
}

async function copied(address: string): Promise<string> {
  try {
    await copyText(address);
    return word('photo.share.copied');
  } catch {
    return word('photo.share.copy-failed');
  }
}
