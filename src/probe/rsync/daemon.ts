import { explainDaemonRefusal } from '../../mirror/rsync/exit/exit-refusals.ts';
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
import {
  type HostAddress,
  openConnection,
  type ProbeConnection,
  type ProbeConnectionOptions,
} from '../connection/open-connection.ts';
import { createTimeoutError, ProbeError } from '../report/problem.ts';
import { type LineEnd, LineReader } from './line-reader.ts';

export interface DaemonOptions extends ProbeConnectionOptions {
  /** Milliseconds for each line of the daemon. */
  lineTimeoutMs: number;
  /** Milliseconds left for this mirror. */
  getRemainingMs(): number;
  /** `tls`: the daemon is inside TLS. */
  security: 'none' | 'tls';
  /** For messages: the URL of the mirror. */
  url: RsyncUrl;
  /** Hours to wait after what looks like a ban. */
  banHours: number;
}

/** How a daemon greeted. */
export interface DaemonGreeting {
  /** The protocol it speaks: `32.0`. */
  protocol: string;
  /** Checksums it offers, since 3.2.7; empty before. */
  checksums: readonly string[];
  connectMs: number;
  /** Milliseconds from the connection until the greeting had come. */
  greetingMs: number;
}

/** Most modules that are read. */
const MAX_MODULE_COUNT = 10_000;

/** Our protocol and digests; a daemon of protocol 32 refuses clients without a list of digests (clientserver.c). */
const CLIENT_GREETING = '@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n';

/** Asks a daemon which modules it offers by name. @throws ProbeError */
export async function listModules(
  address: HostAddress,
  options: DaemonOptions,
): Promise<{ greeting: DaemonGreeting; modules: string[] }> {
  return withDaemon(address, '#list', options, async (greeting, next) => {
    const modules: string[] = [];
    for (let line = await next(); !line.startsWith('@RSYNCD: EXIT'); line = await next()) {
      throwRefusal(line);
      const name = parseModuleLine(line);
      if (name !== undefined) modules.push(name);
      if (modules.length >= MAX_MODULE_COUNT) break;
    }
    return { greeting, modules };
  });
}

/** Asks a daemon for one module. @returns `login` when it wants a password first. @throws ProbeError */
export async function requestModule(
  address: HostAddress,
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
  address: HostAddress,
  request: string,
  options: DaemonOptions,
  work: (greeting: DaemonGreeting, next: () => Promise<string>) => Promise<T>,
): Promise<T> {
  const connection = await connectToDaemon(address, options);
  try {
    const greeting = await readGreeting(connection, address, options);
    connection.socket.write(`${CLIENT_GREETING}${request}\n`);
    const left = { lines: 2 * MAX_MODULE_COUNT };
    return await work(greeting, async () => {
      const line = await connection.reader.readLine(
        Math.min(options.lineTimeoutMs, options.getRemainingMs()),
      );
      if (options.getRemainingMs() <= 0) throw createTimeoutError();
      left.lines -= 1;
      if (line.text !== undefined && left.lines > 0) return line.text;
      throw new ProbeError(describeNoAnswer(line.end ?? 'silent', address, options));
    });
  } finally {
    connection.socket.destroy();
  }
}

function connectToDaemon(address: HostAddress, options: DaemonOptions): Promise<ProbeConnection> {
  if (options.security === 'tls')
    return connectWithTls(address, createSecureAddress(address, options));
  return openConnection(address, options).catch((error: unknown) => {
    // The reset of a connection that was accepted can come before we see that it was made.
    const isReset = error instanceof ProbeError && error.problem.reason === 'connection-reset';
    throw isReset ? new ProbeError(describeNoAnswer('reset', address, options)) : error;
  });
}

async function connectWithTls(
  { host }: HostAddress,
  address: SecureAddress,
): Promise<ProbeConnection> {
  const began = performance.now();
  try {
    const socket = await openSecureSocket(address);
    return { socket, reader: new LineReader(socket), connectMs: performance.now() - began };
  } catch (error) {
    if (!(error instanceof SecureConnectError)) throw error;
    const { reason, message, found, hint } = error.explained.error;
    throw new ProbeError({
      reason,
      message,
      found,
      hint: hint ?? `Name another mirror than ${host}.`,
    });
  }
}

function createTlsError(url: RsyncUrl): ProbeError {
  return new ProbeError({ reason: 'tls-required', found: 'TLS', ...describeTlsRequired(url) });
}

function createSecureAddress(
  { host, port }: HostAddress,
  { timeoutMs, proxy, signal, url }: DaemonOptions,
): SecureAddress {
  return {
    host,
    port,
    proxy: proxy === undefined ? undefined : `${formatHostName(proxy.host)}:${proxy.port}`,
    url: formatRsyncUrlWithoutUser(url),
    limitMs: timeoutMs,
    signal,
  };
}

async function readGreeting(
  { socket, reader, connectMs: connectTime }: ProbeConnection,
  address: HostAddress,
  options: DaemonOptions,
): Promise<DaemonGreeting> {
  const began = performance.now();
  let first = await reader.readLine(options.lineTimeoutMs / 2);
  const spoke = first.end === 'silent';
  if (spoke) {
    // A web server waits for us to speak first; what it thinks of an rsync greeting tells what it is.
    socket.write(CLIENT_GREETING);
    first = await reader.readLine(options.lineTimeoutMs / 2);
  }
  if (first.text === undefined) {
    const tls = spoke && options.security === 'none' && first.end !== 'silent';
    // A TLS server waits for us as well, and closes or resets on what is none; a ban comes before.
    if (tls && (await isTlsPort(createSecureAddress(address, options))))
      throw createTlsError(options.url);
    throw new ProbeError(describeNoAnswer(first.end, address, options));
  }
  // A record of TLS: the alert about a greeting that is none of its own.
  if (first.text.startsWith('\x15\x03') && options.security === 'none') {
    throw createTlsError(options.url);
  }
  const match = /^@RSYNCD: (\d+(?:\.\d+)?)(?: (.*))?$/.exec(first.text);
  if (match === null) {
    throwRefusal(first.text);
    throw new ProbeError({
      reason: /^HTTP\/|^\s*</.test(first.text) ? 'captive-portal' : 'not-rsync',
      message: /^HTTP\/|^\s*</.test(first.text)
        ? `A web server answers on port ${address.port} instead of an rsync daemon: a captive portal or a proxy, or the wrong port.`
        : `What answers on port ${address.port} is no rsync daemon.`,
      found: first.text.slice(0, 200),
      hint: 'Log in to the network if it wants that, check host and port (rsync daemons listen on 873), or use an https:// mirror.',
    });
  }
  const checksums = (match[2] ?? '').split(' ').filter((name) => name !== '');
  const greetingTime = performance.now() - began;
  return { protocol: match[1] ?? '', checksums, connectMs: connectTime, greetingMs: greetingTime };
}

function throwRefusal(line: string): void {
  const refusal = explainDaemonRefusal(line);
  if (refusal !== undefined) throw new ProbeError(refusal);
}

function describeNoAnswer(
  end: LineEnd,
  { host }: HostAddress,
  { lineTimeoutMs: lineLimit, banHours }: DaemonOptions,
) {
  const wait = `Wait ${banHours} hours before the next try and come less often after that, or name another mirror`;
  if (end === 'reset') {
    return {
      reason: 'connection-reset' as const,
      message: `${host} answers as if this address were banned: it accepts the connection and resets it.`,
      found: 'connection reset by peer',
      hint: `${wait}. IPv4 and IPv6 are banned apart.`,
    };
  }
  if (end === 'closed') {
    return {
      reason: 'closed-before-greeting' as const,
      message: `${host} closes the connection before it answers: it is overloaded, or this address is banned.`,
      found: 'connection closed',
      hint: `${wait}.`,
    };
  }
  return {
    reason: 'mirror-timeout' as const,
    message: `${host} accepts the connection and stays silent.`,
    found: `nothing in ${(lineLimit / 1000).toFixed(1)} seconds`,
    hint: 'A firewall or proxy may accept in its place, or it is overloaded: use ssh:// or https://, run again later, or name another mirror.',
  };
}
