import { part, templateElement } from '../page.ts';
import type { Answer } from './answer.ts';

/** RFC 9457, as the service answers. */
interface Problem {
  title: string;
  detail: string;
  code: string;
  errors?: { field: string; message: string }[];
}

/** Shows what was wrong as the form without scripts does: a summary with ways to the fields. */
export function showRefused(form: HTMLFormElement, { body }: Answer): void {
  clearRefused(form);
  const summary = templateElement('refused');
  summary.dataset.refused = '';
  const { title, detail, errors = [], code } = problemOf(body);
  if (title) part(summary, 'title').textContent = title;
  part(summary, 'detail').textContent = detail;
  const ofPhoto = code.startsWith('photo-') && errors.length === 0;
  const all = ofPhoto ? [{ field: 'photo', message: detail }] : errors;
  for (const { field, message } of all) {
    const control = form.querySelector<HTMLElement>(`#field-${CSS.escape(field)}`);
    const link = document.createElement('a');
    link.href = `#field-${field}`;
    link.textContent = `${labelOf(control) || field}: ${message}`;
    part(summary, 'fields').appendChild(document.createElement('li')).append(link);
    if (control) markWrong(control, message);
  }
  form.before(summary);
  summary.focus();
}

export function clearRefused(form: HTMLFormElement): void {
  // Also what the service itself wrote into the page.
  for (const old of document.querySelectorAll('main > .notice.wrong')) old.remove();
  for (const problem of form.querySelectorAll('.problem')) problem.remove();
  for (const field of form.querySelectorAll('.field.wrong')) field.classList.remove('wrong');
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    const described = (control.getAttribute('aria-describedby') ?? '').split(' ');
    const left = described.filter((id) => !id.endsWith('-error'));
    control.setAttribute('aria-describedby', left.join(' '));
  }
}

function markWrong(control: HTMLElement, message: string): void {
  const field = control.closest('.field');
  if (!field) return;
  field.classList.add('wrong');
  const problem = document.createElement('p');
  problem.className = 'problem';
  problem.id = `${control.id}-error`;
  problem.textContent = message;
  const after = field.querySelector(':scope > .hint') ?? field.querySelector('label, legend');
  if (field.matches('fieldset')) field.querySelector('legend')?.after(problem);
  else if (field.querySelector(':scope > .option')) field.prepend(problem);
  else after?.after(problem);
  const described = [control.getAttribute('aria-describedby'), problem.id].filter(Boolean);
  control.setAttribute('aria-describedby', described.join(' '));
  control.setAttribute('aria-invalid', 'true');
}

function labelOf(control: HTMLElement | null): string {
  const field = control?.closest('.field');
  const label =
    field?.querySelector(':scope > legend, :scope > label') ?? field?.querySelector('label');
  return label?.textContent ?? '';
}

function problemOf(body: unknown): Problem {
  const { title = '', detail = '', code = '', errors } = (body ?? {}) as Partial<Problem>;
  return { title, detail, code, ...(Array.isArray(errors) && { errors }) };
}
