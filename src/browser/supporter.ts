import { followCity } from './embassy/city.ts';
import { addFinder } from './embassy/finder.ts';
import { word } from './page.ts';
import { openDesk, type Parcel } from './photo/desk.ts';
import { equipReceipt } from './receipt/tools.ts';
import type { Kept } from './sending/keep.ts';
import { openKeys } from './sending/key.ts';
import { clearRefused, showRefused } from './sending/refused.ts';
import { send } from './sending/send.ts';
import { type Received, showSent } from './sending/sent.ts';
import { offerUnsent } from './sending/unsent.ts';
import { verdictOf } from './sending/waits.ts';

/** Fields the API has in other ways: the file itself, its key, the photo of a refused form. */
const NOT_SENT = new Set(['photo', 'idempotencyKey', 'draft', 'ticket']);

const form = document.querySelector<HTMLFormElement>('main form');
if (form) enhance(form);
else equipReceipt(document);

/** Makes the form of `/send` more comfortable. It stays a form that works by itself. */
function enhance(form: HTMLFormElement): void {
  const embassy = form.elements.namedItem('embassy') as HTMLSelectElement;
  const photo = form.elements.namedItem('photo') as HTMLInputElement;
  const submit = form.querySelector<HTMLButtonElement>('button[type="submit"]');
  followCity(embassy, form.elements.namedItem('city') as HTMLInputElement);
  addFinder(embassy);
  const desk = openDesk(photo);
  const keyOf = openKeys();
  const wish = () => desk.wish(new FormData(form).get('exposure') === 'covered');
  form.addEventListener('change', wish);
  wish();
  let busy = false;
  let finished = false;

  async function deliver(kept: Kept): Promise<void> {
    busy = true;
    clearRefused(form);
    say('');
    const answer = await send(kept, form);
    busy = false;
    if (!answer) {
      say(word('browser.sending.cancelled'));
      submit?.focus();
    } else if (verdictOf(answer.status) === 'arrived') {
      finished = true;
      showSent(answer.body as Received, kept.stayed);
    } else showRefused(form, answer);
  }

  async function packAndDeliver(): Promise<void> {
    busy = true;
    say(word('browser.sending.preparing'));
    try {
      const parcel = await desk.pack();
      if (parcel === 'changed') say(word('browser.photo.guarded'));
      else if (parcel) await deliver(await keptOf(form, parcel, keyOf));
    } finally {
      busy = false;
    }
  }

  form.addEventListener('submit', (event) => {
    // Without a photo of its own the form has one that the service kept: it goes as it is.
    if (!photo.files?.length) {
      finished = true;
      return;
    }
    event.preventDefault();
    if (!busy && desk.editor.decided()) void packAndDeliver();
  });

  addEventListener('beforeunload', (event) => {
    if (!finished && (busy || photo.files?.length)) event.preventDefault();
  });
  void offerUnsent(form, deliver);

  const note = document.createElement('p');
  note.setAttribute('role', 'status');
  submit?.before(note);
  function say(text: string): void {
    note.textContent = text;
  }
}

async function keptOf(
  form: HTMLFormElement,
  { photo, covers, stayed }: Parcel,
  keyOf: ReturnType<typeof openKeys>,
): Promise<Kept> {
  const fields: [string, string][] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !NOT_SENT.has(name)) fields.push([name, value]);
  }
  if (covers.length > 0) fields.push(['covers', JSON.stringify(covers)]);
  const key = keyOf(fields, photo);
  return { key, fields, photo: await photo.arrayBuffer(), type: photo.type, stayed };
}
