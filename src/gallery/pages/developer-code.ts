/** What builders copy: complete, and with real addresses. Programs are in no language but their own. */
export function developerCode(url: string, embassies: readonly string[]) {
  const [first = 'embassy-berlin', second = first] = embassies;
  const api = `${url}/api/v1/gallery`;
  return {
    curl: `curl '${api}?embassy=${first}&limit=12&lang=de'`,
    fetch: `const answer = await fetch('${api}?embassy=${second}&limit=12');
const { items } = await answer.json();
for (const { alt, images } of items) {
  const picture = images.find(({ type }) => type === 'image/jpeg');
  document.body.append(Object.assign(new Image(), { src: picture.url, alt, loading: 'lazy' }));
}`,
    fields: `curl '${api}?participant=organisation&fields=city,name,alt,images'`,
    pages: `let cursor = '';
do {
  const page = await (await fetch('${api}?limit=100&cursor=' + cursor)).json();
  for (const photo of page.items) keep(photo);
  cursor = page.nextCursor;
} while (cursor);`,
    etag: `curl -i '${api}?limit=12' -H 'if-none-match: W/"the etag of the last answer"'`,
    begin: `curl '${api}/changes'`,
    follow: `let { next, more } = load();
do {
  const answer = await fetch('${api}/changes?since=' + next);
  if (answer.status === 410) return beginAgain();
  const { items, ...place } = await answer.json();
  for (const { id, change } of items) {
    if (change === 'withdrawn') remove(id);
    else keep(await (await fetch('${api}/' + id)).json());
  }
  ({ next, more } = place);
  save({ next });
} while (more);`,
    hook: `POST /your/hook
webhook-id: 4f1c2a9e-7b3d-4c55-9a0e-2d8b6f5e1c37
webhook-timestamp: 1790000000
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{"id":"4f1c2a9e-7b3d-4c55-9a0e-2d8b6f5e1c37","type":"photo.withdrawn","photo":{"id":"0b8e7a52-6a3f-4d0e-9b57-3f1c2d4e5a01"}}`,
    verifyJs: VERIFY_JS,
    verifyPhp: VERIFY_PHP,
  };
}

const VERIFY_JS = `import { createHmac, timingSafeEqual } from 'node:crypto';

// body: the bytes as they came, before JSON.parse. secret: begins with whsec_
export function isFromCampaign(headers, body, secret) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': given = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const right = createHmac('sha256', key).update(id + '.' + time + '.' + body).digest('base64');
  return given.split(' ').some((each) => {
    const [a, b] = [Buffer.from(each), Buffer.from('v1,' + right)];
    return a.length === b.length && timingSafeEqual(a, b);
  });
}`;

const VERIFY_PHP = `<?php
// $body = file_get_contents('php://input'); $secret begins with whsec_
function isFromCampaign(array $server, string $body, string $secret): bool {
    $id = $server['HTTP_WEBHOOK_ID'] ?? '';
    $time = $server['HTTP_WEBHOOK_TIMESTAMP'] ?? '0';
    if (abs(time() - (int) $time) > 300) return false;
    $key = base64_decode(str_replace('whsec_', '', $secret));
    $right = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
    foreach (explode(' ', $server['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        if (hash_equals($right, $given)) return true;
    }
    return false;
}`;

export type DeveloperCode = ReturnType<typeof developerCode>;
