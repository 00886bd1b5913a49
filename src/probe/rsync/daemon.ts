import { parseModuleLine } from '../../mirror/rsync/output/modules.ts';
import {
  isTlsPort,
  openSecureSocket,
  type SecureAddress,
  SecureConnectError,
} from '../../mirror/rsync/tls/secure-socket.ts';
import { describeTlsRequired } from '../../mirror/rsync/tls/tls-instead.ts';
import { formatHostName } from '../../mirror/rsync/url/host.ts';
import { formatRsyncUrlWithoutUser, type RsyncUrl } from '../../mirror/rsync/url/rsync-url.ts';
import { type Address, type Connection, type DialOptions, dial } from '../connection/dial.ts';
import { kindOf, outOfTime, ProbeFailure } from '../report/problem.ts';
import { classifyRefusal } from './daemon-refusal.ts';
import { LineReader, type NoLine } from './line-reader.ts';

export interface DaemonOptions extends DialOptions {
  /** Milliseconds for each line of the daemon. */
  lineLimit: number;
  /** Milliseconds left for this mirror. */
  timeLeft(): number;
  /** `tls`: the daemon is inside TLS. */
  security: 'none' | 'tls';
  /** For messages: the URL of the mirror. */
  url: RsyncUrl;
  /** Hours to wait after what looks like a ban. */
  banHours: number;
}

/** How a daemon greeted. */
export interface Greeting {
  /** The protocol it speaks: `32.0`. */
  protocol: string;
  /** Checksums it offers, since 3.2.7; empty before. */
  checksums: readonly string[];
  connectTime: number;
  /** Milliseconds from the connection until the greeting had come. */
  greetingTime: number;
}

/** Most modules that are read. */
const MOST_MODULES = 10_000;

/** Our protocol and digests; a daemon of protocol 32 refuses clients without a list of digests (clientserver.c). */
const OUR_GREETING = '@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n';

/** Asks a daemon which modules it offers by name. @throws ProbeFailure */
export async function listModules(
  address: Address,
  options: DaemonOptions,
): Promise<{ greeting: Greeting; modules: string[] }> {
  return withDaemon(address, '#list', options, async (greeting, next) => {
    const modules: string[] = [];
    for (let line = await next(); !line.startsWith('@RSYNCD: EXIT'); line = await next()) {
      throwRefusal(line);
      const name = parseModuleLine(line);
      if (name !== undefined) modules.push(name);
      if (modules.length >= MOST_MODULES) break;
    }
    return { greeting, modules };
  });
}

/** Asks a daemon for one module. @returns `login` when it wants a password first. @throws ProbeFailure */
export async function askModule(
  address: Address,
  module: string,
  options: DaemonOptions,
): Promise<'open' | 'login'> {
  return withDaemon(address, module, options, async (_greeting, next) => {
    for (;;) {
      const line = await next();
      throwRefusal(line);
      if (line.startsWith('@RSYNCD: OK')) return 'open';
      if (line.startsWith('@RSYNCD: AUTHREQD')) return 'login';
    }
  });
}

async function withDaemon<T>(
  address: Address,
  request: string,
  options: DaemonOptions,
  work: (greeting: Greeting, next: () => Promise<string>) => Promise<T>,
): Promise<T> {
  const connection = await connectTo(address, options);
  try {
    const greeting = await greet(connection, address, options);
    connection.socket.write(`${OUR_GREETING}${request}\n`);
    const left = { lines: 2 * MOST_MODULES };
    return await work(greeting, async () => {
      const line = await connection.reader.line(Math.min(options.lineLimit, options.timeLeft()));
      if (options.timeLeft() <= 0) throw outOfTime();
      left.lines -= 1;
      if (line.text !== undefined && left.lines > 0) return line.text;
      throw new ProbeFailure(noAnswer(line.end ?? 'silent', address, options));
    });
  } finally {
    connection.socket.destroy();
  }
}

function connectTo(address: Address, options: DaemonOptions): Promise<Connection> {
  if (options.security === 'tls') return dialTls(address, secureAddress(address, options));
  return dial(address, options).catch((error: unknown) => {
    // The reset of a connection that was accepted can come before we see that it was made.
    const isReset = error instanceof ProbeFailure && error.problem.kind === 'reset';
    throw isReset ? new ProbeFailure(noAnswer('reset', address, options)) : error;
  });
}

async function dialTls({ host }: Address, address: SecureAddress): Promise<Connection> {
  const began = performance.now();
  try {
    const socket = await openSecureSocket(address);
    return { socket, reader: new LineReader(socket), connectTime: performance.now() - began };
  } catch (error) {
    if (!(error instanceof SecureConnectError)) throw error;
    const { message, found, hint = `Name another mirror than ${host}.` } = error.explained.error;
    throw new ProbeFailure({ kind: kindOf(message) ?? 'failed', message, found, hint });
  }
}

function tlsAnswers(url: RsyncUrl): ProbeFailure {
  return new ProbeFailure({ kind: 'tls', found: 'TLS', ...describeTlsRequired(url) });
}

function secureAddress(
  { host, port }: Address,
  { limit, proxy, signal, url }: DaemonOptions,
): SecureAddress {
  return {
    host,
    port,
    proxy: proxy === undefined ? undefined : `${formatHostName(proxy.host)}:${proxy.port}`,
    url: formatRsyncUrlWithoutUser(url),
    limitMs: limit,
    signal,
  };
}

async function greet(
  { socket, reader, connectTime }: Connection,
  address: Address,
  options: DaemonOptions,
): Promise<Greeting> {
  const began = performance.now();
  let first = await reader.line(options.lineLimit / 2);
  const spoke = first.end === 'silent';
  if (spoke) {
    // A web server waits for us to speak first; what it thinks of an rsync greeting tells what it is.
    socket.write(OUR_GREETING);
    first = await reader.line(options.lineLimit / 2);
  }
  if (first.text === undefined) {
    const tls = spoke && options.security === 'none' && first.end !== 'silent';
    // A TLS server waits for us as well, and closes or resets on what is none; a ban comes before.
    if (tls && (await isTlsPort(secureAddress(address, options)))) throw tlsAnswers(options.url);
    throw new ProbeFailure(noAnswer(first.end, address, options));
  }
  // A record of TLS: the alert about a greeting that is none of its own.
  if (first.text.startsWith('\x15\x03') && options.security === 'none') {
    throw tlsAnswers(options.url);
  }
  const match = /^@RSYNCD: (\d+(?:\.\d+)?)(?: (.*))?$/.exec(first.text);
  if (match === null) {
    throwRefusal(first.text);
    throw new ProbeFailure({
      kind: /^HTTP\/|^\s*</.test(first.text) ? 'captive-portal' : 'not-rsync',
      message: /^HTTP\/|^\s*</.test(first.text)
        ? `A web server answers on port ${address.port} instead of an rsync daemon: a captive portal or a proxy, or the wrong port.`
        : `What answers on port ${address.port} is no rsync daemon.`,
      found: first.text.slice(0, 200),
      hint: 'Log in to the network if it wants that, check host and port (rsync daemons listen on 873), or use an https:// mirror.',
    });
  }
  const checksums = (match[2] ?? '').split(' ').filter((name) => name !== '');
  const greetingTime = performance.now() - began;
  return { protocol: match[1] ?? '', checksums, connectTime, greetingTime };
}

function throwRefusal(line: string): void {
  const refusal = classifyRefusal(line);
  if (refusal !== undefined) throw new ProbeFailure(refusal);
}

function noAnswer(end: NoLine, { host }: Address, { lineLimit, banHours }: DaemonOptions) {
  const wait = `Wait ${banHours} hours before the next try and come less often after that, or name another mirror`;
  if (end === 'reset') {
    return {
      kind: 'reset' as const,
      message: `${host} answers as if this address were banned: it accepts the connection and resets it.`,
      found: 'connection reset by peer',
      hint: `${wait}. IPv4 and IPv6 are banned apart.`,
    };
  }
  if (end === 'closed') {
    return {
      kind: 'closed' as const,
      message: `${host} closes the connection before it answers: it is overloaded, or this address is banned.`,
      found: 'connection closed',
      hint: `${wait}.`,
    };
  }
  return {
    kind: 'silent' as const,
    message: `${host} accepts the connection and stays silent.`,
    found: `nothing in ${(lineLimit / 1000).toFixed(1)} seconds`,
    hint: 'A firewall or proxy may accept in its place, or it is overloaded: use ssh:// or https://, run again later, or name another mirror.',
  };
}
