import { locale } from '../page.ts';
import type { Answer } from './answer.ts';
import { deliver } from './deliver.ts';
import { type Kept, keep } from './keep.ts';
import { openProgress } from './progress.ts';
import { solve } from './proof.ts';
import { upload } from './upload.ts';

const ADDRESS = `/api/v1/submissions?lang=${locale}`;

/**
 * Sends a photo with everything beside it and shows how it goes in the place of the form. Until it
 * has arrived it is kept on the device. Answers null when the person cancelled.
 */
export async function send(kept: Kept, form: HTMLFormElement): Promise<Answer | null> {
  const progress = openProgress({ now: () => delivery.now(), cancel: () => delivery.cancel() });
  form.hidden = true;
  form.before(progress.section);
  progress.heading.focus();
  await keep.put(kept);
  // Good for one try.
  let proof: string | null = null;
  const delivery = deliver({
    send(tell) {
      const once = { key: kept.key, proof };
      proof = null;
      return upload(ADDRESS, bodyOf(kept), once, tell);
    },
    async prove() {
      proof = await solve();
      return proof !== null;
    },
    online: () => navigator.onLine,
    onOnline(callback) {
      addEventListener('online', callback);
      return () => removeEventListener('online', callback);
    },
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    tell: progress.tell,
  });
  const answer = await delivery.done;
  await keep.erase();
  progress.section.remove();
  form.hidden = false;
  return answer;
}

/** The photo comes last, and its name says nothing. */
function bodyOf({ fields, photo, type }: Kept): FormData {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append('photo', new Blob([photo], { type }), 'photo');
  return body;
}
