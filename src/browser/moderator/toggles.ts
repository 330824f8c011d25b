import { word } from '../page.ts';

/** The boxes of the three criteria, and for some photos a fourth one about covered faces. */
const CRITERIA = ['flag', 'slogan', 'embassy'];

/** What a moderator has ticked on the page that is shown. */
export function readToggles(main: ParentNode) {
  const form = main.querySelector<HTMLFormElement>('form#approve');
  const boxes = [...(form?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? [])];
  const criteria = boxes.filter(({ name }) => CRITERIA.includes(name));
  const others = boxes.filter((box) => !criteria.includes(box));

  return {
    form,
    boxes,
    none: () => criteria.every((box) => !box.checked),
    /** A moderator says to see all three. Covered faces are said by their own box alone. */
    tickCriteria(): void {
      for (const box of criteria) box.checked = true;
    },
    missing: () => boxes.filter((box) => !box.checked),
    /** What the service wants to know, when nothing is missing. */
    body: (): object => ({
      criteria: Object.fromEntries(criteria.map(({ name }) => [name, true])),
      ...Object.fromEntries(others.map(({ name }) => [name, true])),
    }),
  };
}

export type Toggles = ReturnType<typeof readToggles>;

function labelOf(box: HTMLInputElement): string {
  return box.labels?.[0]?.querySelector('[data-part="label"]')?.textContent ?? box.name;
}

/** Keeps the button saying what pressing it would mean. */
export function followToggles(main: ParentNode): void {
  const toggles = readToggles(main);
  const means = main.querySelector('[data-part="means"]');
  if (!toggles.form || !means) return;
  // Scripts say what is missing better than the browser does.
  toggles.form.noValidate = true;
  const render = () => {
    means.textContent = meaning(toggles);
    for (const box of toggles.boxes) {
      if (box.checked) box.parentElement?.classList.remove('missing');
    }
  };
  toggles.form.addEventListener('change', render);
  render();
}

function meaning(toggles: Toggles): string {
  const missing = toggles.missing();
  if (missing.length === 0) return '';
  if (!toggles.none()) return missingWords(missing);
  const others = missing.filter(({ name }) => !CRITERIA.includes(name));
  return others.length > 0 ? missingWords(others) : word('browser.desk.all');
}

/** Shows what has to be ticked first, and says it. */
export function showMissing(toggles: Toggles): string {
  const missing = toggles.missing();
  for (const box of missing) box.parentElement?.classList.add('missing');
  return missingWords(missing);
}

function missingWords(missing: readonly HTMLInputElement[]): string {
  return word('browser.desk.missing', { missing: missing.map(labelOf).join(', ') });
}

/** Turns the box with this number, counted from 1, on or off. */
export function tick(main: ParentNode, number: number): void {
  readToggles(main).boxes[number - 1]?.click();
}
