import type { ComponentChildren } from 'preact';
import { Layout } from '../../web/layout.tsx';
import { href, type PageContext } from '../../web/page.ts';

export interface MosaicPageProps {
  page: PageContext;
  /** What there is of it; null while there is none. `width` and `height` are those for print. */
  mosaic: { file: string; photos: number; width: number; height: number } | null;
  /** More for the head of the page. */
  head?: ComponentChildren;
}

/** All photos as one picture in the order of the rainbow. */
export function MosaicPage({ page, mosaic, head }: MosaicPageProps) {
  const { say } = page;
  return (
    <Layout page={page} title={say('mosaic.title')} width="full" head={head}>
      <h1>{say('mosaic.title')}</h1>
      {mosaic ? <Whole page={page} mosaic={mosaic} /> : <None page={page} />}
    </Layout>
  );
}

function Whole({
  page,
  mosaic,
}: {
  page: PageContext;
  mosaic: NonNullable<MosaicPageProps['mosaic']>;
}) {
  const { say } = page;
  const { file, photos, width, height } = mosaic;
  return (
    <>
      <p class="lead">{say('mosaic.lead', { count: photos })}</p>
      <figure class="large-photo">
        {/* Another mosaic has another address, so that nobody sees an older one. */}
        <img
          src={`/mosaic-small.jpg?v=${file}`}
          alt={say('mosaic.alt', { count: photos })}
          width={width}
          height={height}
        />
      </figure>
      <p class="actions">
        <a class="button" href={`/mosaic.jpg?v=${file}`} download="compete-4-equality.jpg">
          {say('mosaic.download')}
        </a>
        <a class="button second" href={href(page, '/gallery')}>
          {say('home.look')}
        </a>
      </p>
      <p class="hint">{say('mosaic.size', { width, height })}</p>
      <p class="hint">{say('mosaic.grows')}</p>
    </>
  );
}

function None({ page }: { page: PageContext }) {
  const { say } = page;
  return (
    <section class="empty">
      <h2>{say('mosaic.none')}</h2>
      <p>{say('mosaic.grows')}</p>
      <p class="actions">
        <a class="button" href={href(page, '/send')}>
          {say('home.send')}
        </a>
      </p>
    </section>
  );
}
