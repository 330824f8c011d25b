import type { Say } from '../../i18n/say.ts';
import { TRACES } from '../../submission/photo.ts';
import { CoverTools } from '../../web/components/cover-tools.tsx';

/**
 * What scripts put below the chosen photo: its preview, covering, what the file would give away.
 * `data-part` names what the scripts look for.
 */
export function PhotoDesk({ say }: { say: Say }) {
  return (
    <template id="photo-desk">
      <div class="desk-photo">
        <p class="hint" data-part="status" role="status" />
        <div data-part="seen" hidden>
          <div class="stage" data-part="stage">
            <canvas data-part="canvas" role="img" aria-label={say('browser.photo.preview')} />
          </div>
          <CoverSection say={say} />
        </div>
        <section class="reveal" data-part="reveal" hidden>
          <h3>{say('browser.reveal.title')}</h3>
          <p data-part="reveal-text" />
          <dl class="facts">
            {TRACES.map((trace) => (
              <div key={trace} data-trace={trace} hidden>
                <dt>{say(`removed.${trace}`)}</dt>
                <dd>
                  <bdi />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <p class="notice" data-part="way" hidden />
      </div>
    </template>
  );
}

function CoverSection({ say }: { say: Say }) {
  return (
    <section class="cover" aria-labelledby="cover-title">
      <h3 id="cover-title">{say('browser.cover.title')}</h3>
      <p class="hint" data-part="wished" hidden>
        {say('browser.cover.wished')}
      </p>
      <p class="tools">
        <button type="button" class="second" data-part="toggle" aria-expanded="false">
          {say('browser.cover.start')}
        </button>
      </p>
      <div data-part="tools" hidden>
        <p class="hint">{say('browser.cover.text')}</p>
        <CoverTools say={say} heading="h4" />
      </div>
      <p class="hint" data-part="cover-status" role="status" />
    </section>
  );
}
