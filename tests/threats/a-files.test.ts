import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { FIELDS } from '../support/people.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

let service: Service;
let alive: () => Promise<void>;

beforeAll(async () => {
  service = await startService();
  alive = watchAlive(service);
});
afterAll(() => service?.dispose());

const NO_PICTURES: Record<string, Buffer> = {
  'an empty file': Buffer.alloc(0),
  'one byte': Buffer.from([0xff]),
  HTML: Buffer.from('<!doctype html><script>alert(1)</script>'),
  PDF: Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>'),
  ZIP: Buffer.from('504b0304140000000800', 'hex'),
  'a program': Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(200)]),
  'a film': Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\x08free', 'latin1'),
  PHP: Buffer.from('<?php system($_GET["x"]); ?>'),
};

it('A1 what is no picture is refused under the name of one, and nothing of it stays', async () => {
  for (const [name, value] of Object.entries(NO_PICTURES)) {
    const picture = { name: 'photo', value, filename: 'photo.jpg' };
    const { body, headers } = multipart([...fieldParts(FIELDS), picture]);
    const url = `${service.url}/api/v1/submissions`;
    const { status } = await ask(url, { method: 'POST', body, headers });
    expect([415, 422], name).toContain(status);
  }
  await eventually(async () => (await storedFiles(service)).length === 0);
  await alive();
});
