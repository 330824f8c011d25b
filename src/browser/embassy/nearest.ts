import { distanceKm } from '../../campaign/embassies.ts';
import { distance, part, word } from '../page.ts';
import type { Entry, List } from './list.ts';

const NEAREST = 5;
const PATIENCE_MS = 20_000;

interface Place {
  latitude: number;
  longitude: number;
}

/** The button "nearest first": the browser asks the person, and the list is sorted right here. */
export function offerNearest(finder: HTMLElement, list: List, before: () => void): void {
  if (!('geolocation' in navigator)) return;
  const button = part(finder, 'nearest');
  const status = part(finder, 'status');
  button.hidden = part(finder, 'nearest-hint').hidden = false;

  function sort({ coords }: GeolocationPosition): void {
    const near = nearestOf(list.entries, coords);
    const [first] = near;
    if (!first) return;
    before();
    list.show(list.entries);
    const group = document.createElement('optgroup');
    group.label = word('browser.nearest.group');
    group.append(...near.map(asOption));
    list.putFirst(group);
    list.choose(group.children[0] as HTMLOptionElement);
    const { label: name } = first.entry.option;
    status.textContent = word('browser.nearest.done', { name, distance: distance(first.km) });
  }

  button.addEventListener('click', () => {
    status.textContent = word('browser.nearest.asking');
    const failed = () => {
      status.textContent = word('browser.nearest.failed');
    };
    const options = { timeout: PATIENCE_MS, maximumAge: 600_000 };
    navigator.geolocation.getCurrentPosition(sort, failed, options);
  });
}

interface Measured {
  entry: Entry;
  km: number;
}

function nearestOf(entries: readonly Entry[], here: Place): Measured[] {
  return entries
    .map((entry) => ({ entry, km: distanceKm(placeOf(entry.option), here) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, NEAREST);
}

function placeOf({ dataset }: HTMLOptionElement): Place {
  const [latitude = Number.NaN, longitude = Number.NaN] = (dataset.at ?? '').split(',').map(Number);
  return { latitude, longitude };
}

function asOption({ entry: { option }, km }: Measured): HTMLOptionElement {
  const copy = option.cloneNode(true) as HTMLOptionElement;
  copy.text = `${option.text} (${distance(km)})`;
  return copy;
}
