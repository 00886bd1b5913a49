import type { S3Location } from './location.ts';

/** What an answer of the store, or its absence, means for us. */
export interface Failure {
  /**
   * `missing`: no such object. `exists`: a conditional write came second. `denied`: these credentials may not do this.
   * `short`: the range asked for lies beyond the object's end. `unsupported`: the store does not know what was asked.
   */
  kind: 'missing' | 'exists' | 'denied' | 'short' | 'unsupported' | 'failed';
  /** For people; names no secret. */
  reason: string;
  /** No other request will fare better. */
  down: boolean;
}

/** A transfer that ended early; the rest can be asked for. */
export class CutShort extends Error {
  override readonly name = 'CutShort';
}

/**
 * Judges what the SDK or Node threw.
 *
 * Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and errno(3).
 */
export function judgeFailure(error: unknown, location: S3Location): Failure {
  const facts = factsOf(error);
  const known = KNOWN.find(({ codes, fits }) =>
    facts.code !== '' && codes.includes(facts.code) ? true : fits?.(facts),
  );
  const failure = { kind: 'failed' as const, down: false };
  if (known !== undefined) {
    return { ...failure, ...known.failure, reason: known.words(facts, location) };
  }
  const status = facts.status === undefined ? '' : `${facts.status} `;
  return {
    ...failure,
    reason: `${status}${facts.code === '' || facts.code === facts.message ? '' : `${facts.code}: `}${facts.message}`,
  };
}

interface Facts {
  /** S3's code, or Node's. */
  code: string;
  status: number | undefined;
  message: string;
  /** Where the bucket lies, when the store tells. */
  region: string | undefined;
}

interface Known {
  codes: readonly string[];
  /** For answers without a code. */
  fits?: (facts: Facts) => boolean;
  failure: Partial<Omit<Failure, 'reason'>>;
  words: (facts: Facts, location: S3Location) => string;
}

const hostOf = (location: S3Location): string => location.endpoint ?? 'the S3 store';

/** First match wins. */
const KNOWN: readonly Known[] = [
  {
    codes: ['NoSuchBucket'],
    failure: { down: true },
    words: (_facts, { bucket, endpoint }) =>
      `there is no bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}; create it, or correct its name`,
  },
  {
    codes: ['NoSuchKey', 'NotFound', 'NoSuchUpload'],
    fits: ({ status }) => status === 404,
    failure: { kind: 'missing' },
    words: () => 'it is not there',
  },
  {
    codes: ['PreconditionFailed', 'ConditionalRequestConflict'],
    fits: ({ status }) => status === 412,
    failure: { kind: 'exists' },
    words: () => 'another job wrote it first',
  },
  {
    codes: ['InvalidRange', 'RequestedRangeNotSatisfiable'],
    fits: ({ status }) => status === 416,
    failure: { kind: 'short' },
    words: () => 'it is shorter than it should be',
  },
  {
    codes: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'AuthFailure'],
    failure: { kind: 'denied', down: true },
    words: ({ code }, location) =>
      `${hostOf(location)} does not take the credentials (${code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`,
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    failure: { kind: 'denied', down: true },
    words: () => 'the credentials have expired; get new ones in this job before tfcache runs',
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    failure: { down: true },
    words: () =>
      "this machine's clock and the store's differ too much; set the clock (NTP), or the store's",
  },
  {
    codes: ['CredentialsProviderError', 'TokenProviderError'],
    failure: { kind: 'denied', down: true },
    words: () =>
      'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role (pull requests from forks get no secrets)',
  },
  {
    codes: [
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
    ],
    fits: ({ status }) => status === 301 || status === 307,
    failure: { down: true },
    words: ({ region }, location) =>
      region === undefined
        ? `the bucket does not lie in the region that was asked (${location.region ?? 'none was given'}); set region=… in cache`
        : `the bucket lies in ${region}, another region was asked; set region=${region} in cache`,
  },
  {
    codes: [],
    fits: ({ message }) => message === 'Region is missing',
    failure: { down: true },
    words: () => 'no region is known; set region=… in cache, or AWS_REGION',
  },
  {
    codes: ['SlowDown', 'TooManyRequests', 'TooManyRequestsException', 'Throttling'],
    fits: ({ status }) => status === 429 || status === 503,
    failure: { down: true },
    words: ({ code, status }) =>
      `the store has too much to do (${[status, code].filter(Boolean).join(' ')}), also after further tries`,
  },
  {
    codes: ['NotImplemented', 'MethodNotAllowed'],
    fits: ({ status }) => status === 501,
    failure: { kind: 'unsupported' },
    words: ({ code, message }) => `the store does not know what was asked (${code}: ${message})`,
  },
  {
    codes: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden'],
    fits: ({ status }) => status === 401 || status === 403,
    failure: { kind: 'denied' },
    words: ({ code, status }) =>
      `these credentials may not do that (${[status, code].filter(Boolean).join(' ')}); docs/scale.md lists the rights that are needed`,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    failure: { down: true },
    words: ({ code }, location) =>
      `the name of ${hostOf(location)} cannot be resolved (${code}); check endpoint and DNS`,
  },
  {
    codes: [
      'ECONNREFUSED',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EHOSTDOWN',
      'ETIMEDOUT',
      'TimeoutError',
    ],
    failure: { down: true },
    words: ({ code }, location) =>
      `${hostOf(location)} cannot be reached (${code}); check endpoint, port and firewall`,
  },
  {
    codes: [
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'EPROTO',
    ],
    failure: { down: true },
    words: ({ code }, location) =>
      `${hostOf(location)} has no certificate that this machine trusts (${code}); NODE_EXTRA_CA_CERTS names further authorities`,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'IncompleteBody'],
    failure: {},
    words: ({ code }, location) => `${hostOf(location)} cut the connection (${code})`,
  },
  {
    codes: ['ENOSPC', 'EDQUOT'],
    failure: { down: true },
    words: () => 'there is no space left for it on this machine',
  },
];

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) {
    return { code: '', status: undefined, message: tidy(String(error)), region: undefined };
  }
  const { name, message } = error;
  const code = stringAt(error, 'code') ?? stringAt(error, 'Code');
  const metadata = at(error, '$metadata');
  const status = at(metadata, 'httpStatusCode');
  const headers = at(at(error, '$response'), 'headers');
  // The SDK gives an answer without a body (to HEAD) the name Unknown; connection failures carry their code.
  const isNamed = !['Error', 'Unknown', 'UnknownError', 'AggregateError', 'CutShort'].includes(
    name,
  );
  return {
    code: code ?? (isNamed ? name : ''),
    status: typeof status === 'number' ? status : undefined,
    message: tidy(message),
    region: stringAt(error, 'Region') ?? stringAt(headers, 'x-amz-bucket-region'),
  };
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function stringAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' && found !== '' ? tidy(found) : undefined;
}

/** What a server says may be long, of several lines, or meant for a terminal. */
function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
