import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Networks that are not part of the public Internet: RFC 1918, 6598, 3927, 4193, 4291, loopback. */
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

/** Names that are never public: RFC 6761, 6762 and 8375, and `internal`, which ICANN reserved for private use. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid)\.?$/i;

/**
 * Returns true if a host may be public, so that the rate limit applies. A name is private if it is reserved for private use, has no
 * dot, or resolves to private addresses only. A name that cannot be resolved counts as public.
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
    // Perhaps only the proxy can resolve the name. If nothing can, the transfer reports it.
    return [];
  }
}
