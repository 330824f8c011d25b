import { onShow, shownMain } from './page.ts';

const SETTING = 'desk-keys';
/** Where letters, digits and arrows mean something of their own. */
const OWN_KEYS =
  'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable], .cover-editor[open]';

/** Calls back with each key that is a command; keys can be switched off (WCAG 2.1.4). */
export function listenToKeys(command: (key: string, shift: boolean) => void): void {
  onShow((main, fresh) => {
    show(areOn());
    if (fresh) equipHelp(main);
  });
  document.addEventListener('keydown', (event) => {
    const { ctrlKey, altKey, metaKey, shiftKey, repeat, defaultPrevented, target } = event;
    if (!areOn() || ctrlKey || altKey || metaKey || repeat || defaultPrevented) return;
    if (target instanceof Element && target.closest(OWN_KEYS)) return;
    const key = keyOf(event);
    if (!key || (shiftKey && key !== 'a' && key !== '?')) return;
    const open = document.querySelector<HTMLDialogElement>('dialog[open]');
    if (!open) command(key, shiftKey);
    else if (key === 'f' || key === '?') open.close();
    else return;
    if (key === '?' || key.startsWith('Arrow')) event.preventDefault();
  });
}

/** The Latin letter or digit of a key, also where the keyboard writes another script. */
function keyOf({ key, code }: KeyboardEvent): string | undefined {
  if (key === '?' || key === 'Escape' || key === 'ArrowLeft' || key === 'ArrowRight') return key;
  if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase();
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase();
}

function areOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off';
  } catch {
    return true;
  }
}

function show(on: boolean): void {
  document.documentElement.dataset.keys = on ? 'on' : 'off';
}

export function openHelp(): void {
  shownMain().querySelector<HTMLDialogElement>('#keys')?.showModal();
}

function equipHelp(main: ParentNode): void {
  const box = main.querySelector<HTMLInputElement>('[data-part="keys-on"]');
  if (!box) return;
  box.checked = areOn();
  box.addEventListener('change', () => {
    localStorage.setItem(SETTING, box.checked ? 'on' : 'off');
    show(box.checked);
  });
  for (const button of main.querySelectorAll<HTMLElement>('[data-part="open-keys"]')) {
    button.hidden = false;
    button.addEventListener('click', openHelp);
  }
}
