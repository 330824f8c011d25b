import { afterAll, beforeAll, expect, it } from 'vitest';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

let smtp: SmtpServer;
let service: Service;

beforeAll(async () => {
  smtp = await startSmtp();
  service = await startService({ SMTP_URL: smtp.url, MODERATORS: 'ada@example.org' });
});

afterAll(async () => {
  await service?.dispose();
  await smtp?.stop();
});

it('takes a photo from the supporter to the gallery and back', async () => {
  const sent = await sendPhoto(service, await photo({ width: 1600, height: 1200 }));
  expect(sent.status).toBe(201);
  const { id, receipt, state } = await sent.json();
  expect(state).toBe('waiting');

  await smtp.waitFor(1, 10_000);
  expect(smtp.messages[0]?.text).toContain(`${service.url}/moderation`);

  const staff = await signIn(service);
  const queue = await (await staff.get('/api/v1/moderation/submissions')).json();
  expect(queue.items.map((item: { id: string }) => item.id)).toEqual([id]);
  const preview = await staff.get(new URL(queue.items[0].photo.url).pathname);
  expect(preview.headers.get('content-type')).toBe('image/jpeg');

  expect((await fetch(`${service.url}/api/v1/gallery/${id}`)).status).toBe(404);
  expect((await approve(staff, id, queue.items[0].version)).status).toBe(200);

  const gallery = await (await fetch(`${service.url}/api/v1/gallery`)).json();
  expect(gallery.total).toBe(1);
  const picture = gallery.items[0].images[0].url;
  expect((await fetch(picture)).status).toBe(200);

  expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
  expect((await fetch(picture)).status).toBe(410);
  expect((await fetch(`${service.url}/api/v1/gallery/${id}`)).status).toBe(410);
  expect((await (await fetch(`${service.url}/api/v1/gallery`)).json()).total).toBe(0);
});
