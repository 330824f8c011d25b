import { Words } from '../../web/components/words.tsx';
import type { StaffContext } from '../../web/page.ts';
import { DESK_WORDS } from './desk-words.ts';
import { Key } from './key.tsx';
import { KeyHelp } from './key-help.tsx';

/** What the script of the desk needs of a page; without it nothing of this is seen. */
export function DeskScripts({ page }: { page: StaffContext }) {
  const { say } = page;
  return (
    <div data-part="me" data-me={page.moderator}>
      <KeyHelp say={say} />
      <template id="desk-line">
        <div class="desk-line">
          <p>
            <span data-part="said" role="status" /> <span data-part="way" role="status" />
          </p>
          <button class="quiet" type="button" data-part="undo" hidden>
            {say('flash.undo')} <Key of="U" />
          </button>
        </div>
      </template>
      <template id="desk-failures">
        <ul class="desk-failures" aria-live="assertive" />
      </template>
      <template id="desk-failure">
        <li>
          <span data-part="text" />
          <a data-part="look" href="/moderation">
            {say('browser.desk.look')}
          </a>
          <button class="quiet" type="button" data-part="dismiss">
            <span aria-hidden="true">×</span>
            <span class="hidden">{say('browser.desk.dismiss')}</span>
          </button>
        </li>
      </template>
      <Words say={say} words={DESK_WORDS} />
    </div>
  );
}
