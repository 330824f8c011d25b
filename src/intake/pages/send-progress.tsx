import type { Say } from '../../i18n/say.ts';

/** What scripts show instead of the form while the photo is on its way. */
export function SendingTemplate({ say }: { say: Say }) {
  return (
    <template id="sending">
      <section class="group sending" aria-labelledby="sending-title">
        <h2 id="sending-title" tabIndex={-1}>
          {say('browser.sending.title')}
        </h2>
        <progress max="100" value="0" data-part="bar" aria-label={say('browser.sending.label')} />
        <p data-part="status" role="status" />
        <p class="hint">{say('browser.sending.keep')}</p>
        <p class="actions">
          <button type="button" data-part="now" hidden>
            {say('browser.sending.now')}
          </button>
          <button type="button" class="second" data-part="cancel">
            {say('browser.sending.cancel')}
          </button>
        </p>
      </section>
    </template>
  );
}

/** What scripts offer when an earlier visit ended before its photo had arrived. */
export function UnsentTemplate({ say }: { say: Say }) {
  return (
    <template id="unsent">
      <section class="notice" aria-labelledby="unsent-title">
        <h2 id="unsent-title">{say('browser.unsent.title')}</h2>
        <p data-part="text" />
        <p class="actions">
          <button type="button" data-part="continue">
            {say('browser.unsent.continue')}
          </button>
          <button type="button" class="second" data-part="discard">
            {say('browser.unsent.discard')}
          </button>
        </p>
      </section>
    </template>
  );
}

/** The error summary of `ErrorSummary`, to be filled by scripts. */
export function RefusedTemplate({ say }: { say: Say }) {
  return (
    <template id="refused">
      <div class="notice wrong" role="alert" tabIndex={-1}>
        <h2 data-part="title">{say('send.title-refused')}</h2>
        <p data-part="detail" />
        <ul data-part="fields" />
      </div>
    </template>
  );
}

/** The search and "nearest first" above the list of embassies. */
export function FinderTemplate({ say }: { say: Say }) {
  return (
    <template id="finder">
      <div class="finder">
        <label for="embassy-search">{say('browser.search.label')}</label>
        <input id="embassy-search" type="search" autoComplete="off" enterkeyhint="search" />
        <p class="tools">
          <button
            type="button"
            class="second"
            data-part="nearest"
            aria-describedby="nearest-hint"
            hidden
          >
            {say('browser.nearest.button')}
          </button>
        </p>
        <p class="hint" id="nearest-hint" data-part="nearest-hint" hidden>
          {say('browser.nearest.hint')}
        </p>
        <p class="hint" data-part="status" role="status" />
      </div>
    </template>
  );
}
