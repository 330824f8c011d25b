import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { part, word } from './page.ts';

/** The service said no; `message` is its sentence. */
class Refused extends Error {}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) equip(form);

/** Shows a form of passkeys where the browser knows them, and takes it over. */
function equip(form: HTMLFormElement): void {
  const status = part(form.parentElement ?? form, 'passkey-status');
  if (!browserSupportsWebAuthn()) {
    status.textContent = word('passkey.unsupported');
    return;
  }
  let busy = false;
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    status.textContent = word('passkey.busy');
    try {
      await perform(form);
      location.assign(form.dataset.next ?? '/moderation');
    } catch (error) {
      status.textContent = reasonOf(error);
      busy = false;
    }
  });
}

/** Asks the service what to sign, the device to sign it, and the service whether it is right. */
async function perform(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form);
  const csrf = String(fields.get('_csrf'));
  const options = new URL(form.action);
  options.pathname += '/options';
  const optionsJSON = await post(options.href, csrf, {});
  const credential =
    form.dataset.passkey === 'registration'
      ? await startRegistration({
          optionsJSON: optionsJSON as PublicKeyCredentialCreationOptionsJSON,
        })
      : await startAuthentication({
          optionsJSON: optionsJSON as PublicKeyCredentialRequestOptionsJSON,
        });
  await post(form.action, csrf, { credential, name: fields.get('name') ?? undefined });
}

async function post(address: string, csrf: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new Refused(answer.detail);
  return answer;
}

/** Why it did not work, in a sentence. */
function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const { name } = error as Error;
  if (name === 'InvalidStateError') return word('refusal.passkey-known.title');
  if (name === 'SecurityError' || name === 'NotSupportedError') return word('passkey.unsupported');
  return word(error instanceof TypeError ? 'passkey.failed' : 'passkey.cancelled');
}
