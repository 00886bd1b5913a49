import { type ErrorReason, TfcacheError } from '../../../platform/error.ts';
import { errorCode } from '../../../platform/files/file-error.ts';

/**
 * A failure that may pass: another try can do better. It does not leave this folder; when the tries are used up, `error`
 * is what the caller sees.
 */
export class RetryableError extends Error {
  readonly error: TfcacheError;
  /** Seconds the server asked to wait (`Retry-After`), undefined when it did not. */
  readonly waitSeconds: number | undefined;

  constructor(error: TfcacheError, waitSeconds?: number) {
    super(error.message);
    this.error = error;
    this.waitSeconds = waitSeconds;
  }
}

/** The error that a caller outside sees. */
export function unwrapRetryable(error: unknown): unknown {
  return error instanceof RetryableError ? error.error : error;
}

const CERTIFICATE_HINT = [
  'If a proxy or the mirror uses a certificate of your own authority, set NODE_EXTRA_CA_CERTS to its PEM file in the environment of the job (or of the runner) and run again.',
  'Certificates are always checked; there is no switch to turn that off.',
].join('\n');

/** Codes of Node's TLS for a certificate that cannot be trusted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODES =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;

/** Whether TLS failed because a certificate cannot be trusted. */
export function isCertificateError(error: unknown): boolean {
  return CERTIFICATE_CODES.test(errorCode(error) ?? '');
}

/** What a request that got no answer means. */
export function createNetworkError(error: unknown, url: URL): RetryableError | TfcacheError {
  if (error instanceof RetryableError || error instanceof TfcacheError) return error;
  const code = errorCode(error) ?? '';
  const details = { where: formatUrlForDisplay(url), cause: error, found: describe(error) };
  const host = url.host;
  if (isCertificateError(error)) {
    return new TfcacheError(
      'certificate-untrusted',
      `The certificate of ${host} cannot be trusted.`,
      {
        ...details,
        hint: CERTIFICATE_HINT,
      },
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return new TfcacheError('tls-unsupported', `${host} does not speak TLS on this port.`, {
      ...details,
      hint: 'Check the port of the mirror; something between here and there may also answer in its place (a proxy, a captive portal).',
    });
  }
  if (code.startsWith('ERR_PROXY')) return createProxyError(error, details, host);
  switch (code) {
    case 'ENOTFOUND':
      return new TfcacheError('host-not-found', `There is no host named ${url.hostname}.`, {
        ...details,
        hint: 'Check the spelling of the mirror, and that this machine can look names up (getent hosts NAME).',
      });
    case 'EAI_AGAIN':
      return createRetryableError(
        'host-not-found',
        `The name ${url.hostname} could not be looked up.`,
        details,
        {
          hint: 'The name server did not answer: check the network of this machine.',
        },
      );
    case 'ECONNREFUSED':
      return createRetryableError(
        'connection-refused',
        `${host} refuses the connection.`,
        details,
        {
          hint: 'No server listens there now: check the port, and HTTPS_PROXY, HTTP_PROXY and NO_PROXY; name a further mirror.',
        },
      );
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return createRetryableError('mirror-unreachable', `${host} cannot be reached.`, details, {
        hint: 'A firewall may stand between: set HTTPS_PROXY if this network needs a proxy, or name another mirror.',
      });
    default:
      return createRetryableError(
        code === 'ECONNRESET' ? 'connection-reset' : 'connection-closed',
        `The connection to ${host} broke.`,
        details,
        {
          hint: 'Run again: the partial download is kept, and the next run resumes it.',
        },
      );
  }
}

interface FailureDetails {
  where: string;
  cause: unknown;
  found: string;
}

function createProxyError(
  error: unknown,
  details: FailureDetails,
  host: string,
): RetryableError | TfcacheError {
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : undefined;
  if (status === 407) return createProxyLoginError(details);
  if (status !== undefined && status < 500) {
    return new TfcacheError('proxy-refused', `The proxy refuses to connect to ${host}.`, {
      ...details,
      hint: 'Ask who runs the proxy to allow this host and port, or list the host in NO_PROXY if it can be reached directly.',
    });
  }
  return createRetryableError(
    'proxy-unreachable',
    `The proxy could not connect to ${host}.`,
    details,
    {
      hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY; list the host in NO_PROXY if it can be reached directly.',
    },
  );
}

export function createProxyLoginError(details: { where: string; found: string }): TfcacheError {
  return new TfcacheError('proxy-refused', 'The proxy asks for a user and a password (407).', {
    ...details,
    hint: 'Set HTTPS_PROXY and HTTP_PROXY to http://user:password@host:port (from a secret), or list the host in NO_PROXY.',
  });
}

function createRetryableError(
  reason: ErrorReason,
  message: string,
  details: FailureDetails,
  { hint }: { hint: string },
): RetryableError {
  return new RetryableError(new TfcacheError(reason, message, { ...details, hint }));
}

/** A URL as it may be shown: without user and password, and without query, which may hold a signature. */
export function formatUrlForDisplay(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.search = '';
  return copy.href;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The proxy's own URL may stand in the message, with its password.
  const message = error.message.replace(/\/\/[^/@\s]*@/g, '//…@');
  const code = errorCode(error);
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}
