import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/calls/addresses.ts';
import { faultOfTarget } from '../../src/calls/target.ts';

it.each([
  ...['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.15.0.1', '172.32.0.1', '192.167.1.1'],
  ...['100.63.0.1', '100.128.0.1', '11.0.0.1', '223.255.255.254'],
  ...['2606:4700:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888'],
])('%s is on the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.0.1'],
  ...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1'],
  ...['255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1'],
  ...['::ffff:7f00:1', '64:ff9b::7f00:1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::'],
  ...['3fff::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ...['localhost', '', '1', '127.1', '0x7f000001'],
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

describe('a site to be called', () => {
  it.each(['https://example.org/hook?key=1', 'https://example.org:8443/', 'https://1.1.1.1/'])(
    'may be %s',
    (url) => {
      expect(faultOfTarget(url, false)).toBeNull();
    },
  );

  it.each([
    ...['', 'example.org', '/hook', 'ftp://example.org/', 'http://example.org/'],
    ...['https://ada:word@example.org/', 'https://example.org/#part', 'javascript:alert(1)'],
    ...['file:///etc/passwd', `https://example.org/${'a'.repeat(1000)}`],
  ])('may not be %s', (url) => {
    expect(faultOfTarget(url, false)).toBe('webhook-url');
  });

  it.each([
    ...['https://localhost/', 'https://127.0.0.1/', 'https://127.1/', 'https://2130706433/'],
    ...['https://0x7f.0.0.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://nas/'],
    ...['https://router.local/', 'https://db.internal./', 'https://169.254.169.254/latest'],
    ...['https://a.localhost/', 'https://017700000001/', 'https://①②⑦.0.0.1/'],
  ])('may not be %s, which is not public', (url) => {
    expect(faultOfTarget(url, false)).toBe('webhook-private');
  });

  it('may be anything on a trial, but no other protocol', () => {
    expect(faultOfTarget('http://127.0.0.1:3000/', true)).toBeNull();
    expect(faultOfTarget('ftp://127.0.0.1/', true)).toBe('webhook-url');
  });
});
