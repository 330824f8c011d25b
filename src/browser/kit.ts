/** Makes the buttons to copy work, on the page that makes snippets. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const source = document.querySelector<HTMLTextAreaElement>(`#${button.dataset.copy}`);
  const status = button.parentElement?.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener('click', () => {
    const tell = () => status?.replaceChildren(button.dataset.copied ?? '');
    copy(source).then(tell, () => source?.select());
  });
}

/** The preview takes the height it asks for, as it will by the lines of its snippet. */
const preview = document.querySelector<HTMLIFrameElement>('iframe.preview');
addEventListener('message', ({ data, source }) => {
  if (preview && source === preview.contentWindow && typeof data === 'number') {
    preview.style.blockSize = `${data}px`;
  }
});

async function copy(source: HTMLTextAreaElement | null): Promise<void> {
  // Missing where the page is not served by https: then the text is chosen, to be copied by hand.
  if (!navigator.clipboard || !source) throw new Error('no clipboard');
  await navigator.clipboard.writeText(source.value);
}
