import { campaign } from '../../campaign/campaign.ts';
import type { PageContext } from '../../web/page.ts';

interface ShareLinksProps {
  page: PageContext;
  /** Whole address of what is shared. */
  address: string;
  /** What it is, in a few words. */
  text: string;
}

type Target = (address: string, text: string) => string;

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

/** Plain links: the sites hear of a reader only when one is pressed, and get no referrer then. */
const TARGETS: readonly [name: string, target: Target][] = [
  ['WhatsApp', (url, text) => `https://wa.me/?${query({ text: `${text} ${url}` })}`],
  ['Telegram', (url, text) => `https://t.me/share/url?${query({ url, text })}`],
  [
    'Mastodon',
    // Behind the hash, so that not even the page that asks for one's own server learns it.
    (url, text) => `https://share.joinmastodon.org/#text=${encodeURIComponent(`${text} ${url}`)}`,
  ],
  ['X', (url, text) => `https://x.com/intent/post?${query({ text, url })}`],
  ['Facebook', (u) => `https://www.facebook.com/sharer/sharer.php?${query({ u })}`],
];

/** Ways to pass a page on. The buttons appear where a script and the device can do what they say. */
export function ShareLinks({ page: { say }, address, text: what }: ShareLinksProps) {
  const text = `${what} · ${campaign.slogan}`;
  const mail = `subject=${encodeURIComponent(text)}&body=${encodeURIComponent(address)}`;
  return (
    <section class="share" data-part="share" data-address={address} data-text={text}>
      <h2>{say('photo.share.title')}</h2>
      <div class="field">
        <label for="share-address">{say('photo.share.link')}</label>
        <input id="share-address" type="text" readOnly value={address} dir="ltr" />
      </div>
      <p class="actions">
        <button type="button" class="second" data-part="copy" hidden>
          {say('photo.share.copy')}
        </button>
        <button type="button" class="second" data-part="device" hidden>
          {say('photo.share.device')}
        </button>
      </p>
      <p role="status" data-part="status" />
      <ul class="share-list">
        <li>
          <a href={`mailto:?${mail}`}>{say('photo.share.mail')}</a>
        </li>
        {TARGETS.map(([name, target]) => (
          <li key={name}>
            <a class="elsewhere" rel="noopener noreferrer" href={target(address, text)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{say('photo.share.hint')}</p>
    </section>
  );
}
