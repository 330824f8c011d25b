import type { Say } from '../../i18n/say.ts';
import { TRACES } from '../../submission/photo.ts';

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
          <CoverTools say={say} />
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

const STEPS = [
  ['left', '←'],
  ['right', '→'],
  ['up', '↑'],
  ['down', '↓'],
  ['wider', '↔+'],
  ['narrower', '↔−'],
  ['taller', '↕+'],
  ['shorter', '↕−'],
] as const;

/** Every act of covering as a button: not everybody can drag, and not every pointer. */
function CoverTools({ say }: { say: Say }) {
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
        <p class="hint" id="cover-keys">
          {say('browser.cover.keys')}
        </p>
        <p class="tools">
          <button type="button" class="second" data-part="add">
            {say('browser.cover.add')}
          </button>
          <button type="button" class="second" data-part="faces" aria-describedby="faces-hint">
            {say('browser.cover.faces')}
          </button>
          <button type="button" class="second" data-part="undo" disabled>
            {say('browser.cover.undo')}
          </button>
        </p>
        <p class="hint" id="faces-hint">
          {say('browser.cover.faces.hint')}
        </p>
        <p class="tools" data-part="decide" hidden>
          <button type="button" data-part="keep">
            {say('browser.cover.keep')}
          </button>
          <button type="button" class="second" data-part="discard">
            {say('browser.cover.discard')}
          </button>
        </p>
        <fieldset class="change" data-part="change" hidden>
          <legend data-part="change-title" />
          {STEPS.map(([step, sign]) => (
            <button
              key={step}
              type="button"
              class="second"
              data-step={step}
              aria-label={say(`browser.cover.${step}`)}
            >
              <span aria-hidden="true">{sign}</span>
            </button>
          ))}
        </fieldset>
        <h4 data-part="list-title" hidden>
          {say('browser.cover.list')}
        </h4>
        <ul class="areas" data-part="list" />
      </div>
      <p class="hint" data-part="cover-status" role="status" />
    </section>
  );
}
