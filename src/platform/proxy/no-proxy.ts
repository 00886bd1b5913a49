import { BlockList, isIP } from 'node:net';

/** A host to connect to. */
export interface ProxyTarget {
  /** A name or an address, IPv6 with or without brackets. */
  host: string;
  port: number;
}

/**
 * Whether `NO_PROXY` says to connect to a host directly. Accepts what curl (lib/noproxy.c), Python (`urllib`, `requests`) and Go
 * (`golang.org/x/net/http/httpproxy`) accept, separated by commas or spaces, in upper or lower case:
 *
 * - `*`: every host
 * - `example.com`, `.example.com`, `*.example.com`: this host and those below it
 * - `10.1.2.3`, `fd00::1`, `[fd00::1]`: this address
 * - `10.0.0.0/8`, `fd00::/8`: the addresses of this network; `10.0.0.1-10.0.0.9`: of this range, as in Node
 * - each host or address with `:PORT`: only for this port
 *
 * A name is not resolved, so networks match hosts that are given as an address. An entry of another form matches nothing.
 * No library on npm reads all of these forms; addresses are compared by Node's `BlockList`.
 */
export function isProxyBypassed(target: ProxyTarget, environment: NodeJS.ProcessEnv): boolean {
  // An empty variable counts as none, as in curl.
  const list = environment['no_proxy'] || environment['NO_PROXY'] || '';
  const host = plainHost(target.host);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry, host, target.port));
}

/** Returns host and port of a URL, for {@link isProxyBypassed}. */
export function proxyTargetOf(url: URL): ProxyTarget {
  const defaultPort = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname, port: url.port === '' ? defaultPort : Number(url.port) };
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const network = /^\[?([^\]/]+)\]?\/(\d{1,3})$/.exec(entry);
  if (network !== null) return isInNetwork(host, network[1] ?? '', Number(network[2]));
  const range = /^([\d.]+)-([\d.]+)$/.exec(entry);
  if (range !== null) return isInRange(host, range[1] ?? '', range[2] ?? '');
  const { name, onlyPort } = splitPort(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  return isIP(name) === 0 ? isHostOrBelow(host, name) : isInNetwork(host, name, undefined);
}

function splitPort(entry: string): { name: string; onlyPort: number | undefined } {
  // An IPv6 address without brackets has no port.
  if (isIP(entry) === 6) return { name: entry, onlyPort: undefined };
  const [, name = '', onlyPort] = /^(.*?)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  return {
    name: name.replace(/^\[|\]$/g, ''),
    onlyPort: onlyPort === undefined ? undefined : Number(onlyPort),
  };
}

function isHostOrBelow(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\.+/, '').replace(/\.$/, '');
  if (name === '' || isIP(host) !== 0) return false;
  return host === name || host.endsWith(`.${name}`);
}

/** @param prefix bits; undefined: the one address. */
function isInNetwork(host: string, network: string, prefix: number | undefined): boolean {
  const family = isIP(network);
  if (isIP(host) === 0 || family === 0) return false;
  const longest = family === 4 ? 32 : 128;
  if ((prefix ?? longest) > longest) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix ?? longest, familyOf(network));
  return list.check(host, familyOf(host));
}

function isInRange(host: string, from: string, to: string): boolean {
  if (isIP(host) === 0 || isIP(from) !== 4 || isIP(to) !== 4) return false;
  const list = new BlockList();
  // addRange throws for a range that ends before it begins.
  if (numberOf(from) > numberOf(to)) return false;
  list.addRange(from, to, 'ipv4');
  return list.check(host, familyOf(host));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function numberOf(address: string): number {
  return address.split('.').reduce((number, part) => 256 * number + Number(part), 0);
}
