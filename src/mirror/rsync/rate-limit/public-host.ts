import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Addresses that are not reached over the Internet: RFC 1918, 6598, 3927, 4193, 4291, loopback. */
const PRIVATE_NETWORKS: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

/** Names that are never public: RFC 6761, 6762, 8375, and the one ICANN reserved for private use. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid)\.?$/i;

/**
 * True when the host may be anybody's: a public mirror, to which one is a guest. A name counts as private when it says so, has
 * no dot, or all of its addresses are private; one that cannot be resolved here counts as public.
 */
export async function isPublicHost(
  host: string,
  resolve: (host: string) => Promise<readonly string[]> = resolveAddresses,
): Promise<boolean> {
  if (isIP(host.replace(/%.*/, '')) !== 0) return !isPrivateAddress(host);
  if (PRIVATE_NAME.test(host) || !host.includes('.')) return false;
  const addresses = await resolve(host);
  return addresses.length === 0 || !addresses.every(isPrivateAddress);
}

function isPrivateAddress(address: string): boolean {
  const list = new BlockList();
  for (const [network, prefix, family] of PRIVATE_NETWORKS) list.addSubnet(network, prefix, family);
  const plain = address.replace(/%.*/, '');
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

async function resolveAddresses(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    // A name that only the proxy knows, or none at all: the transfer itself says so.
    return [];
  }
}
