import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** What of IPv4 is not the public internet (IANA's special-purpose registry), multicast included. */
const NOT_PUBLIC_4: [address: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** The one part of IPv6 that is given out, and what in it leads elsewhere (Teredo, 6to4) or nowhere. */
const GIVEN_OUT_6: [address: string, bits: number] = ['2000::', 3];
const NOT_PUBLIC_6: [address: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [address, bits] of NOT_PUBLIC_4) closed.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of NOT_PUBLIC_6) closed.addSubnet(address, bits, 'ipv6');
const givenOut = new BlockList();
givenOut.addSubnet(...GIVEN_OUT_6, 'ipv6');

/**
 * Whether an address is somebody's on the public internet: not this machine, not its network, not
 * a cloud's metadata. What holds an IPv4 address inside an IPv6 one is not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return givenOut.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
