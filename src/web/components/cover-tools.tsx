import type { Say } from '../../i18n/say.ts';

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
export function CoverTools({ say, heading: Heading }: { say: Say; heading: 'h2' | 'h4' }) {
  return (
    <>
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
      <p class="tools" data-part="proposals" hidden>
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
      <Heading class="list-title" data-part="list-title" hidden>
        {say('browser.cover.list')}
      </Heading>
      <ul class="areas" data-part="list" />
      <p class="hint" id="cover-keys">
        {say('browser.cover.keys')}
      </p>
    </>
  );
}
