import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, fieldParts, multipart, type Part } from '../support/http.ts';
import { FIELDS } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

let service: Service;
let picture: Part;

beforeAll(async () => {
  service = await startService();
  picture = { name: 'photo', value: await photo(), filename: 'photo.jpg' };
});
afterAll(() => service?.dispose());

describe('the fields', () => {
  it('B6 come in any order, before and after the photo', async () => {
    const parts = fieldParts(FIELDS);
    for (const order of [
      [picture, ...parts],
      [...parts.slice(0, 1), picture, ...parts.slice(1)],
    ]) {
      expect((await send(order)).status).toBe(201);
    }
  });

  it('C7 are all named at once when they are wrong', async () => {
    const wrong = {
      ...{ embassy: 'embassy-atlantis', city: '', consent: 'no', exposure: 'loud' },
      ...{ participant: 'cat', name: 'x'.repeat(81), message: '\u202e', email: 'nobody' },
      covers: '[{"x":2}]',
    };
    const { status, text } = await send(fieldParts(wrong));
    expect(status).toBe(422);
    const { code, errors } = JSON.parse(text);
    expect(code).toBe('form-invalid');
    const codes = errors.map((error: { field: string; code: string }) => [error.field, error.code]);
    expect(Object.fromEntries(codes)).toEqual({
      ...{ embassy: 'embassy-unknown', city: 'required', consent: 'consent-needed' },
      ...{ exposure: 'choice-unknown', participant: 'choice-unknown', name: 'too-long' },
      ...{ message: 'characters', email: 'email-invalid', covers: 'areas-invalid' },
      photo: 'required',
    });
    for (const { message } of errors) expect(message).toMatch(/\w+ \w+/);
    const missing = JSON.parse((await send([])).text).errors as { field: string }[];
    expect(missing.map(({ field }) => field).sort()).toEqual([
      'city',
      'consent',
      'embassy',
      'photo',
    ]);
  });

  it('B8 that are unknown are passed over', async () => {
    const extra = { state: 'approved', isApproved: 'true', id: 'x', 'city[]': 'x', version: '9' };
    const { status, text } = await send([...fieldParts({ ...FIELDS, ...extra }), picture]);
    expect(status).toBe(201);
    expect(JSON.parse(text)).toMatchObject({ state: 'waiting', city: 'Wien' });
  });

  it('B6 B7 are refused when there are two of one, too many, or one too large', async () => {
    const parts = fieldParts(FIELDS);
    const many = Array.from({ length: 1_000 }, (_, i) => ({ name: `f${i}`, value: 'x' }));
    const cases: [number, Part[]][] = [
      [400, [...parts, { name: 'city', value: 'Wien' }, picture]],
      [400, [...parts, picture, picture]],
      [400, [...parts, picture, { ...picture, name: 'other' }]],
      [413, [...parts, ...many, picture]],
      [413, [...many, ...parts]],
      [413, [...parts, { name: 'message', value: 'x'.repeat(1 << 20) }, picture]],
      [413, [...parts, picture, { name: 'message', value: 'x'.repeat(1 << 20) }]],
      [413, [...parts, { name: 'x'.repeat(10_000), value: 'x' }, picture]],
    ];
    const before = await storedFiles(service);
    for (const [i, [expected, each]] of cases.entries()) {
      const { status, headers } = await send(each);
      expect(status, `case ${i}`).toBe(expected);
      expect(headers['content-type']).toBe('application/problem+json');
    }
    expect(await storedFiles(service)).toEqual(before);
  });
});

function send(parts: readonly Part[]): Promise<Answer> {
  const { body, headers } = multipart(parts);
  return ask(`${service.url}/api/v1/submissions`, { method: 'POST', body, headers });
}
