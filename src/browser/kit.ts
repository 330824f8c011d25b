import { copyText } from './copy.ts';

/** Makes the buttons to copy work, on the page that makes snippets. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const source = document.querySelector<HTMLTextAreaElement>(`#${button.dataset.copy}`);
  if (!source) continue;
  const status = button.parentElement?.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener('click', () => {
    const tell = () => status?.replaceChildren(button.dataset.copied ?? '');
    // Where that is not allowed the text is chosen, to be copied by hand.
    copyText(source.value).then(tell, () => source.select());
  });
}

/** The preview takes the height it asks for, as it will by the lines of its snippet. */
const preview = document.querySelector<HTMLIFrameElement>('iframe.preview');
addEventListener('message', ({ data, source }) => {
  if (preview && source === preview.contentWindow && typeof data === 'number') {
    preview.style.blockSize = `${data}px`;
  }
});
