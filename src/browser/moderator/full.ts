import { onShow } from './page.ts';

/** Opens the picture in full size over the page instead of in its place. */
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
  const link = main.querySelector<HTMLAnchorElement>('[data-part="full"]');
  const dialog = main.querySelector<HTMLDialogElement>('[data-part="full-size"]');
  if (!link || !dialog) return;
  const picture = new Image();
  picture.alt = link.querySelector('img')?.alt ?? '';
  picture.src = link.href;
  dialog.append(picture);
  dialog.addEventListener('close', () => picture.remove(), { once: true });
  dialog.showModal();
}
