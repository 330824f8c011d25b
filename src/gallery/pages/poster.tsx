import { campaign } from '../../campaign/campaign.ts';
import { qrCode } from '../../qr.ts';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface PosterPageProps {
  page: PageContext;
  /** Where the code leads. */
  address: string;
  /** The embassy it is for; without one it is for the whole campaign. */
  embassy?: { slug: string; name: string } | undefined;
}

const STEPS = ['place', 'photo', 'send'] as const;
const STRIPES = ['#e40303', '#ff8c00', '#ffed00', '#008026', '#24408e', '#732982'];

/** A sheet of A4, shown as it will be printed. Around it, for the screen alone, how to print it. */
export function PosterPage({ page, address, embassy }: PosterPageProps) {
  const { say } = page;
  return (
    <Layout page={page} title={say('poster.title')} width="full" script="poster">
      <div class="no-print">
        <h1>{say('poster.title')}</h1>
        <p class="lead">{say('poster.lead')}</p>
        <p>{say('poster.by-hand')}</p>
        <p class="actions">
          <button type="button" data-part="print" hidden>
            {say('poster.print')}
          </button>
          <a
            class="button second"
            href={href(page, embassy ? `/embassies/${embassy.slug}` : '/map')}
          >
            {say(embassy ? 'poster.to-embassy' : 'embassy-page.map')}
          </a>
        </p>
      </div>
      <div class="poster-frame">
        <article class="poster" aria-labelledby="poster-slogan">
          <Rainbow />
          <p class="poster-slogan" id="poster-slogan" lang="en">
            {campaign.slogan}
          </p>
          {embassy && <p class="poster-embassy">{embassy.name}</p>}
          <ol>
            {STEPS.map((step) => (
              <li key={step}>{say(`poster.step.${step}`)}</li>
            ))}
          </ol>
          <Code address={address} label={say('poster.qr')} />
          <p class="poster-address" translate={false}>
            {breakable(address)}
          </p>
          <p class="poster-careful">{say('home.careful.ways')}</p>
          <Rainbow />
        </article>
      </div>
    </Layout>
  );
}

function Code({ address, label }: { address: string; label: string }) {
  const { size, path } = qrCode(address);
  return (
    <svg
      class="poster-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

/**
 * Drawn, because browsers leave out the background of what they print; each stripe runs on under
 * the next, so that no gap shows between two.
 */
function Rainbow() {
  return (
    <svg class="poster-rainbow" viewBox="0 0 6 1" preserveAspectRatio="none" aria-hidden="true">
      {STRIPES.map((color, index) => (
        <rect key={color} x={index} width={STRIPES.length - index} height="1" fill={color} />
      ))}
    </svg>
  );
}

/** Broken after the signs that part an address before it is broken anywhere else. */
function breakable(address: string) {
  const pieces = address.replace(/^https:\/\//, '').split(/(?<=[/?=&.])/);
  return pieces.map((piece) => <span key={piece}>{piece}</span>);
}
