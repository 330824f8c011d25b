import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIELDS } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.dispose());

async function post(fields: Record<string, string>, file?: Buffer): Promise<[number, string]> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // What a browser sends for a file field: the file, or an empty one.
  form.append('photo', new Blob([new Uint8Array(file ?? [])]), file ? 'photo.jpg' : '');
  const response = await fetch(`${service.url}/send`, { method: 'POST', body: form });
  return [response.status, await response.text()];
}

async function originals(): Promise<string[]> {
  return (await storedFiles(service)).filter((name) => name.endsWith('.original'));
}

const hidden = (page: string, name: string) =>
  page.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';
const receiptOf = (page: string) => page.match(/(?:[0-9A-Z]{4}-){6}[0-9A-Z]{2}/)?.[0];

it('keeps the photo of a form that lacks something, and takes it with the corrected form', async () => {
  const { consent, ...rest } = FIELDS;
  const [status, page] = await post({ ...rest, name: 'Ayşə' }, await photo());
  expect(status).toBe(422);
  expect(page).toContain('Ayşə');
  const draft = hidden(page, 'draft');
  const idempotencyKey = hidden(page, 'idempotencyKey');
  expect(await originals()).toHaveLength(1);

  const corrected = { ...rest, consent, draft, idempotencyKey };
  const [accepted, sent] = await post(corrected);
  expect(accepted).toBe(201);
  expect(await originals()).toHaveLength(0);

  const [, again] = await post(corrected);
  expect(receiptOf(again)).toBe(receiptOf(sent));
});

it('refuses a draft that nobody signed', async () => {
  const [status] = await post({ ...FIELDS, draft: 'AAAAAAAAAAAAAAAAAAAAAAAA' });
  expect(status).toBe(400);
});
