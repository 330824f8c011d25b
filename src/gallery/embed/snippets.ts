import { element, escaped } from './markup.ts';

interface Frame {
  src: string;
  title: string;
  width: number | string;
  height: number;
}

/** A frame as every page understands it; `frameborder` because some editors take styles away. */
export function frameTag({ src, title, width, height }: Frame): string {
  return element('iframe', { src, title, width, height, frameborder: 0, loading: 'lazy' }, '');
}

/** The lines by which the page around gives our frames the height they ask for. */
export function resizeLines(origin: string): string {
  return `<script>
  addEventListener("message", function (event) {
    if (typeof event.data !== "number" || event.origin !== ${JSON.stringify(origin)}) return;
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.height = event.data;
    });
  });
</script>`;
}

/** `<photo-gallery>` with its script; what it holds is shown where the script is taken away. */
export function elementTag(
  publicUrl: string,
  attributes: Readonly<Record<string, string | undefined>>,
  fallback: { href: string; text: string },
): string {
  const link = element('a', { href: fallback.href }, escaped(fallback.text));
  const script = element('script', { src: `${publicUrl}/embed.js`, async: '' }, '');
  return `${script}\n${element('photo-gallery', attributes, link)}`;
}
