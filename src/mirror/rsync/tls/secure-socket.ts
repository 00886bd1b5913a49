import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type ErrorReason, getErrorMessage, TfcacheError } from '../../../platform/error.ts';
import { errorCode } from '../../../platform/files/file-error.ts';
import { isCertificateError } from '../../https/http/network-error.ts';
import type { ExplainedFailure } from '../exit/exit.ts';
import { formatHostName } from '../url/host.ts';

/** Where a daemon is, and how it is reached. */
export interface SecureAddress {
  /** IPv6 without brackets. */
  host: string;
  port: number;
  /** `host:port` of an HTTP proxy before it; undefined for none. */
  proxy: string | undefined;
  /** For messages. */
  url: string;
  /** Milliseconds until TLS must be established. */
  limitMs: number;
  signal: AbortSignal | undefined;
}

/** Why TLS was not established; does not leave this folder and the probe's. */
export class SecureConnectError extends Error {
  readonly explained: ExplainedFailure;

  constructor(explained: ExplainedFailure) {
    super(explained.error.message);
    this.explained = explained;
  }
}

/**
 * Connects to a host by TLS. The certificate is always checked for the name of the host, against the authorities of Node and
 * those of `NODE_EXTRA_CA_CERTS`.
 *
 * @throws SecureConnectError
 */
export async function openSecureSocket(address: SecureAddress): Promise<TLSSocket> {
  return establish(address, 'check');
}

/** Whether TLS answers on a port, whatever its certificate. */
export async function isTlsPort(address: SecureAddress): Promise<boolean> {
  try {
    (await establish(address, 'any-certificate')).destroy();
    return true;
  } catch (error) {
    if (error instanceof SecureConnectError) return false;
    throw error;
  }
}

async function establish(
  address: SecureAddress,
  certificate: 'check' | 'any-certificate',
): Promise<TLSSocket> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), address.limitMs);
  const { signal: outer } = address;
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  try {
    const socket = await openSocket(address, signal);
    return await startTls(socket, address, certificate, signal);
  } catch (error) {
    if (error instanceof SecureConnectError) throw error;
    if (signal.aborted) throw silent(address);
    throw explainConnect(error, address);
  } finally {
    clearTimeout(timer);
  }
}

function openSocket(address: SecureAddress, signal: AbortSignal): Promise<Socket> {
  if (address.proxy !== undefined) return throughProxy(address, address.proxy, signal);
  const { host, port } = address;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const abort = () => socket.destroy(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
  });
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-connect */
function throughProxy(address: SecureAddress, proxy: string, signal: AbortSignal): Promise<Socket> {
  const target = `${formatHostName(address.host)}:${address.port}`;
  const { hostname, port } = new URL(`http://${proxy}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const asked = http.request({
      host,
      port: port === '' ? 80 : Number(port),
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
      signal,
    });
    asked.once('connect', (response, socket) => {
      const { statusCode = 0, statusMessage = '' } = response;
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      reject(refusedByProxy(address, proxy, `${statusCode} ${statusMessage}`.trim()));
    });
    asked.once('error', (error) => reject(proxyFailure(error, address, proxy)));
    asked.end();
  });
}

function startTls(
  socket: Socket,
  { host }: SecureAddress,
  certificate: 'check' | 'any-certificate',
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // `host` is what the certificate is checked for; the name for SNI follows from it unless it is an address.
    const secure = connectTls({
      socket,
      host,
      rejectUnauthorized: certificate === 'check',
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    const abort = () => secure.destroy(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const closed = () => fail(new Error('The connection was closed before TLS was established.'));
    secure.once('error', fail);
    secure.once('close', closed);
    secure.once('secureConnect', () => {
      secure.off('error', fail);
      secure.off('close', closed);
      signal.removeEventListener('abort', abort);
      resolve(secure);
    });
  });
}

function explainConnect(error: unknown, address: SecureAddress): SecureConnectError {
  const code = errorCode(error) ?? '';
  const found = getErrorMessage(error);
  const details = { where: address.url, found, cause: error };
  const place = `${formatHostName(address.host)}:${address.port}`;
  if (isCertificateError(error)) {
    return failed('no', 'certificate-untrusted', `The certificate of ${place} cannot be trusted.`, {
      ...details,
      hint: 'Write the name in the certificate into the URL. If the certificate is of an authority of your own, set NODE_EXTRA_CA_CERTS to its PEM file in the environment of the job. Certificates are always checked.',
    });
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return failed('no', 'tls-unsupported', `${place} does not speak TLS on this port.`, {
      ...details,
      hint: 'Use rsync:// if the mirror offers rsync without TLS on this port, or correct the port: rsyncs:// means 874 unless the URL names another.',
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failed('soon', 'host-not-found', "The mirror's host name could not be resolved.", {
      ...details,
      hint: 'Check the host name in the mirror URL and the name service of this machine.',
    });
  }
  if (code === 'ECONNRESET' || code === '') {
    return failed(
      'soon',
      'connection-closed',
      'The mirror closed the connection before TLS was established.',
      {
        ...details,
        hint: 'Check that rsync inside TLS is offered on this port (874 unless the URL names another), or run again later.',
      },
    );
  }
  return failed('soon', 'mirror-unreachable', `The mirror cannot be reached: ${found}.`, {
    ...details,
    hint: 'Check host and port (874 unless the URL names another), and that a firewall lets this machine out to it.',
  });
}

function silent(address: SecureAddress): SecureConnectError {
  const seconds = Math.round(address.limitMs / 100) / 10;
  return failed('soon', 'mirror-timeout', `The mirror did not answer within ${seconds} seconds.`, {
    where: address.url,
    hint: 'Check host and port (874 unless the URL names another), and that a firewall lets this machine out to it; or name another mirror.',
  });
}

function refusedByProxy(address: SecureAddress, proxy: string, status: string): SecureConnectError {
  const details = { where: address.url, found: `CONNECT: ${status}` };
  if (status.startsWith('5')) {
    return failed(
      'soon',
      'proxy-unreachable',
      `The proxy ${proxy} did not reach the mirror: ${status}.`,
      {
        ...details,
        hint: 'Check host and port of the mirror, and that it is up; then ask who runs the proxy.',
      },
    );
  }
  return failed(
    'no',
    'proxy-refused',
    status.startsWith('407')
      ? `The proxy ${proxy} wants a user and a password: ${status}.`
      : `The proxy ${proxy} does not let rsync through: ${status}.`,
    {
      ...details,
      hint: "Proxies with a login are not supported for rsync. Ask for CONNECT to be allowed to the mirror's port (874 unless the URL names another), or use an https:// mirror.",
    },
  );
}

function proxyFailure(error: Error, address: SecureAddress, proxy: string): unknown {
  if (error.name === 'AbortError') return error;
  return failed(
    'soon',
    'proxy-unreachable',
    `The proxy ${proxy} cannot be reached: ${error.message}.`,
    {
      where: address.url,
      cause: error,
      hint: 'Correct the input proxy (or the variable RSYNC_PROXY), or leave it out.',
    },
  );
}

function failed(
  retry: ExplainedFailure['retry'],
  reason: ErrorReason,
  message: string,
  details: ConstructorParameters<typeof TfcacheError>[2],
): SecureConnectError {
  return new SecureConnectError({ error: new TfcacheError(reason, message, details), retry });
}
