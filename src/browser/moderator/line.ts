import { part, templateElement, word } from '../page.ts';
import type { Decision, Result } from './decision.ts';
import type { Way } from './outbox-world.ts';
import { addressOf } from './single.ts';

/** What usually arrives at once is not worth a word. */
const QUIET_MS = 600;

/** The line in the header: what was just done, what is still on its way, and what went wrong. */
export function openLine() {
  const line = templateElement('desk-line');
  const [said, way] = [part(line, 'said'), part(line, 'way')];
  document.querySelector('.staff-header .languages')?.before(line);
  const failures = templateElement('desk-failures');
  document.querySelector('.staff-header')?.after(failures);
  let timer: ReturnType<typeof setTimeout> | undefined;

  let latest: [kind: Way, count: number] = ['idle', 0];

  function showWay(): void {
    clearTimeout(timer);
    timer = undefined;
    const [kind, count] = latest;
    way.textContent = count === 0 ? '' : wayWords(kind, count);
    if (kind !== 'signed-out' || count === 0) return;
    const link = document.createElement('a');
    link.href = '/moderation/sign-in';
    link.textContent = word('browser.desk.sign-in');
    way.append(' ', link);
  }

  return {
    undo: part<HTMLButtonElement>(line, 'undo'),

    say(text: string): void {
      said.textContent = text;
    },

    way(kind: Way, count: number): void {
      latest = [kind, count];
      if (kind === 'sending' && way.textContent === '') timer ??= setTimeout(showWay, QUIET_MS);
      else showWay();
    },

    /** A decision that was not taken stays to be read until somebody has dismissed it. */
    failed({ id, city }: Decision, result: Result): void {
      const item = templateElement('desk-failure');
      part(item, 'text').textContent = failureWords(city, result);
      part<HTMLAnchorElement>(item, 'look').href = addressOf(id);
      part(item, 'dismiss').addEventListener('click', () => {
        item.remove();
        document.querySelector<HTMLElement>('main h1')?.focus();
      });
      failures.append(item);
    },
  };
}

export type Line = ReturnType<typeof openLine>;

function wayWords(kind: Way, count: number): string {
  switch (kind) {
    case 'offline':
      return word('browser.desk.offline', { count });
    case 'again':
      return word('browser.desk.again', { count });
    case 'signed-out':
      return word('browser.desk.session', { count });
    default:
      return word('browser.desk.sending', { count });
  }
}

function failureWords(city: string, result: Result): string {
  if (result.kind === 'refused') {
    return word('browser.desk.failed', { city, reason: result.detail });
  }
  if (result.kind !== 'late') return '';
  const { decidedBy, state } = result.current;
  const values = { city, state: stateWords(state) };
  return decidedBy
    ? word('browser.desk.late.by', { ...values, name: decidedBy })
    : word('browser.desk.late', values);
}

/** A state as people call it. */
export function stateWords(state: string): string {
  switch (state) {
    case 'waiting':
    case 'approved':
    case 'rejected':
    case 'withdrawn':
      return word(`state.${state}`);
    default:
      return state;
  }
}
