import { part, templateElement, word } from '../page.ts';
import { openList } from './list.ts';
import { matches } from './match.ts';
import { offerNearest } from './nearest.ts';

/** Adds a search and "nearest first" to the list of embassies. */
export function addFinder(select: HTMLSelectElement): void {
  const finder = templateElement('finder');
  const search = finder.querySelector('input') as HTMLInputElement;
  const status = part(finder, 'status');
  const list = openList(select);

  search.addEventListener('input', () => {
    const found = list.entries.filter(({ text }) => matches(text, search.value));
    list.show(found.length > 0 ? found : list.entries);
    const [only] = found;
    if (search.value.trim() === '') status.textContent = '';
    else if (!only) status.textContent = word('browser.search.none');
    else if (found.length > 1)
      status.textContent = word('browser.search.found', { count: found.length });
    else {
      status.textContent = only.option.label;
      if (!only.option.selected) list.choose(only.option);
    }
  });
  search.addEventListener('keydown', (event) => {
    // Enter would send the form, which nobody means in a search.
    if (event.key !== 'Enter') return;
    event.preventDefault();
    select.focus();
  });
  offerNearest(finder, list, () => {
    search.value = '';
  });
  select.before(finder);
}
