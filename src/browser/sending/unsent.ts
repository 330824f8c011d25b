import { part, templateElement, word } from '../page.ts';
import { type Kept, keep } from './keep.ts';

/** Offers to go on with a photo that an earlier visit could not send. */
export async function offerUnsent(
  form: HTMLFormElement,
  resume: (kept: Kept) => Promise<void>,
): Promise<void> {
  const kept = await keep.get();
  if (!kept) return;
  const notice = templateElement('unsent');
  const city = kept.fields.find(([name]) => name === 'city')?.[1] ?? '';
  part(notice, 'text').textContent = word('browser.unsent.text', { city });
  part(notice, 'continue').addEventListener('click', () => {
    notice.remove();
    fillAgain(form, kept);
    void resume(kept);
  });
  part(notice, 'discard').addEventListener('click', () => void discard(notice));
  form.before(notice);
}

async function discard(notice: HTMLElement): Promise<void> {
  await keep.erase();
  const done = document.createElement('p');
  done.setAttribute('role', 'status');
  notice.replaceChildren(done);
  done.textContent = word('browser.unsent.discarded');
}

/** Should it be refused, the person finds everything as it was. */
function fillAgain(form: HTMLFormElement, { fields, photo, type }: Kept): void {
  for (const [name, value] of fields) {
    for (const control of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === 'radio' || control.type === 'checkbox') {
        control.checked = control.value === value;
      } else control.value = value;
    }
  }
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const files = new DataTransfer();
  files.items.add(new File([photo], 'photo', { type }));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
