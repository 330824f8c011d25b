/**
 * In the frame of `/embed`: tells the page around how high it is. To WordPress, which gives a
 * secret with the address and shows us in a sandbox where no link opens by itself, in its own words.
 */
const secret = new URLSearchParams(location.hash.replace(/^#\??/, '')).get('secret');

function tell(message: 'height' | 'link', value: number | string): void {
  parent.postMessage(secret ? { message, value, secret } : value, '*');
}

if (parent !== window) {
  new ResizeObserver(() => {
    tell('height', Math.ceil(document.documentElement.getBoundingClientRect().height));
  }).observe(document.documentElement);
}

if (secret) {
  const more = document.querySelector<HTMLAnchorElement>('a[rel="next"]');
  if (more) more.hash = location.hash;
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link === more) return;
    event.preventDefault();
    tell('link', link.href);
  });
}
