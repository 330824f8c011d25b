import { onShow } from './page.ts';

/** Opens the picture in full size over the page. The element itself moves: it is loaded already. */
export function followFull(): void {
  onShow((main, fresh) => {
    const link = main.querySelector('[data-part="full"]');
    if (!fresh || !link) return;
    link.addEventListener('click', (event) => {
      const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
      if (ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      openFull(main);
    });
  });
}

export function openFull(main: ParentNode): void {
  const link = main.querySelector('[data-part="full"]');
  const picture = link?.querySelector('img');
  const dialog = main.querySelector<HTMLDialogElement>('[data-part="full-size"]');
  if (!link || !picture || !dialog) return;
  dialog.append(picture);
  dialog.addEventListener('close', () => link.append(picture), { once: true });
  dialog.showModal();
}
