import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, fieldParts, multipart, type Part } from '../support/http.ts';
import { FIELDS, type Staff, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;
let staff: Staff;
let picture: Part;

beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
  picture = { name: 'photo', value: await photo(), filename: 'photo.jpg' };
});
afterAll(() => service?.dispose());

describe('what people write', () => {
  const HONEST = [
    ...[
      'Bakı, Gəncə, Şəki',
      'თბილისი საქართველო',
      'مرحبا بكم في باكو',
      'ようこそ、世界',
      'Ærøskøbing',
    ],
    ...[
      '🏳️‍🌈 we are here 🏳️‍⚧️',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇦🇿 🇬🇪 👩‍❤️‍👩',
      'می‌خواهم',
      'नमस्ते',
      '<b>O\'Hara</b> & "co" {{7*7}}',
      'a',
    ],
  ];
  const HARMFUL = [
    ...[
      '\u202egpj.exe',
      'a\u2066b',
      'a\u0000b',
      'a\u0007b',
      'a\u001b[31mb',
      'a\u0085b',
      'a\u007fb',
    ],
    ...['a\u2028b', 'a\u200bb', 'a\ufeffb', 'a\ufffeb', '\u{e0041}bc', `a${'\u0301'.repeat(50)}`],
  ];

  it('C6 is kept exactly when it is honest, composed to NFC', async () => {
    for (const text of HONEST) {
      const seen = await keep({ name: text, message: `${text}\n${text}`, city: text });
      expect(seen).toMatchObject({ name: text, message: `${text}\n${text}`, city: text });
    }
    const decomposed = await keep({ name: '  Gu\u0308lu\u0308  ', message: 'a\r\nb' });
    expect(decomposed).toMatchObject({ name: 'Gülü', message: 'a\nb' });
  });

  it('C3 C4 is refused when it would change how other text reads', async () => {
    for (const text of HARMFUL) {
      for (const field of ['name', 'message', 'city']) {
        const { status, text: answer } = await send(fieldParts({ ...FIELDS, [field]: text }));
        const { errors } = JSON.parse(answer);
        const found = errors.find((error: { field: string }) => error.field === field);
        expect([status, found?.code], `${field} ${JSON.stringify(text)}`).toEqual([
          422,
          'characters',
        ]);
      }
    }
    const lines = JSON.parse((await send(fieldParts({ ...FIELDS, name: 'a\nb' }))).text).errors;
    expect(lines).toContainEqual(expect.objectContaining({ field: 'name', code: 'characters' }));
  });

  it('C5 may be 80 letters long, however many bytes they take, and not 81', async () => {
    for (const letter of ['x', 'ə', 'ქ', 'e\u0323\u0302']) {
      const name = letter.repeat(80);
      expect((await keep({ name })).name).toBe(name.normalize('NFC'));
      const { status, text } = await send(fieldParts({ ...FIELDS, name: `${name}${letter}` }));
      expect(status).toBe(422);
      expect(text).toContain('too-long');
    }
  });
});

async function keep(fields: Record<string, string>) {
  const { status, text } = await send([...fieldParts({ ...FIELDS, ...fields }), picture]);
  expect(status, JSON.stringify(fields)).toBe(201);
  const { id } = JSON.parse(text);
  const queue = await staff.get('/api/v1/moderation/submissions?limit=100');
  const { items } = (await queue.json()) as { items: { id: string; name: string }[] };
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error('Not in the queue');
  return found;
}

function send(parts: readonly Part[]): Promise<Answer> {
  const { body, headers } = multipart(parts);
  return ask(`${service.url}/api/v1/submissions`, { method: 'POST', body, headers });
}
