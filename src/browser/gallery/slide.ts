import type { SlideData } from 'photoswipe';

interface File {
  src: string;
  width: number;
}

/** A photo of the page as the lightbox wants it: the largest file, and all for smaller screens. */
export function slideOf(link: HTMLAnchorElement): SlideData {
  const image = link.querySelector<HTMLImageElement>('picture img');
  if (!image) throw new Error('A photo without a picture');
  const source = link.querySelector('source');
  const srcset = source && takesAvif() ? source.srcset : image.srcset;
  const { src, width } = largest(srcset) ?? { src: image.src, width: image.width };
  const ratio = Number(image.getAttribute('width')) / Number(image.getAttribute('height'));
  return {
    src,
    srcset,
    width,
    height: Math.round(width / ratio),
    alt: image.alt,
    element: link,
    ...(image.currentSrc && { msrc: image.currentSrc }),
  };
}

/** Browsers do not say what they can show, but what they have chosen on the page tells. */
function takesAvif(): boolean {
  return [...document.images].some(({ currentSrc }) => currentSrc.endsWith('.avif'));
}

function largest(srcset: string): File | undefined {
  const files = srcset.split(', ').map((candidate) => {
    const [src = '', width = ''] = candidate.split(' ');
    return { src, width: Number.parseInt(width, 10) };
  });
  return files.sort((a, b) => b.width - a.width)[0];
}
