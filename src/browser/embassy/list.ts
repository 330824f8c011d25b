import { locale } from '../page.ts';
import { plain } from './match.ts';

/** An embassy of the list; `text` is what a search looks through. */
export interface Entry {
  option: HTMLOptionElement;
  group: HTMLOptGroupElement;
  text: string;
}

/** The select with its embassies, of which any number can be shown. It stays the field that is sent. */
export function openList(select: HTMLSelectElement) {
  const groups = [...select.querySelectorAll('optgroup')];
  const entries = groups.flatMap((group) =>
    [...group.querySelectorAll('option')].map((option): Entry => {
      return { option, group, text: plain(`${option.label} ${group.label}`, locale) };
    }),
  );

  return {
    entries,

    /** Options are taken out, for not every browser hides them. The chosen one always stays. */
    show(wanted: readonly Entry[]): void {
      const chosen = select.value;
      const shown = new Set(wanted.map(({ option }) => option));
      for (const group of groups) {
        const own = entries.filter((entry) => entry.group === group).map(({ option }) => option);
        group.replaceChildren(...own.filter((o) => shown.has(o) || o.value === chosen));
      }
      const blank = select.querySelector('option[value=""]');
      const filled = groups.filter((group) => group.childElementCount > 0);
      select.replaceChildren(...(blank ? [blank] : []), ...filled);
      select.value = chosen;
    },

    /** Puts a group before all others. */
    putFirst(group: HTMLOptGroupElement): void {
      select.querySelector('optgroup')?.before(group);
    },

    /** A choice by script is a choice all the same: the city follows it. */
    choose(option: HTMLOptionElement): void {
      option.selected = true;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
  };
}

export type List = ReturnType<typeof openList>;
