import type { S3Location } from '../location/location.ts';

/** What an error response of the store, or a missing response, means for the cache. */
export interface S3Failure {
  /**
   * `missing`: no such object. `exists`: a conditional write found an object. `conflict`: a concurrent write prevented this
   * one, and may itself have failed. `denied`: the credentials do not permit it. `short`: the requested range begins after
   * the object's end. `unsupported`: the store does not support the request.
   */
  kind: 'missing' | 'exists' | 'conflict' | 'denied' | 'short' | 'unsupported' | 'failed';
  /** For people. It may be long, and may contain secrets that the store repeats. */
  reason: string;
  /** Whether every other request would fail, too. */
  isServiceDown: boolean;
}

/** What the SDK's and Node's errors have in common. */
export interface S3ErrorDetails {
  /** A code of S3 or Node; empty if there is none. */
  code: string;
  status: number | undefined;
  message: string;
  /** The bucket's region, if the store sends it. */
  region: string | undefined;
}

interface KnownFailure {
  codes: readonly string[];
  /** Matches errors without a code. */
  matches?: (details: S3ErrorDetails) => boolean;
  failure: Partial<Omit<S3Failure, 'reason'>>;
  describe: (details: S3ErrorDetails, location: S3Location) => string;
}

const getEndpointName = (location: S3Location): string => location.endpoint ?? 'the S3 store';

/**
 * What the errors of stores and Node mean, by code, or by status if there is no code. The first match wins.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, errno(3)
 */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    codes: ['NoSuchBucket'],
    failure: { isServiceDown: true },
    describe: (_details, { bucket, endpoint }) =>
      `there is no bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}; create it, or correct its name`,
  },
  {
    codes: ['NotAListingError'],
    failure: { isServiceDown: true },
    describe: ({ message }, location) =>
      `${getEndpointName(location)} is not an S3 store, or serves its buckets at another address (${message}); check endpoint and bucket`,
  },
  {
    codes: ['NoSuchKey', 'NotFound', 'NoSuchUpload'],
    matches: ({ status }) => status === 404,
    failure: { kind: 'missing' },
    describe: () => 'it does not exist',
  },
  {
    codes: ['ConditionalRequestConflict'],
    failure: { kind: 'conflict' },
    describe: () => 'another job wrote or deleted it at the same time',
  },
  {
    codes: ['PreconditionFailed'],
    matches: ({ status }) => status === 412,
    failure: { kind: 'exists' },
    describe: () => 'another job wrote it first',
  },
  {
    codes: ['InvalidRange', 'RequestedRangeNotSatisfiable'],
    matches: ({ status }) => status === 416,
    failure: { kind: 'short' },
    describe: () => 'it is shorter than expected',
  },
  {
    codes: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'AuthFailure'],
    failure: { kind: 'denied', isServiceDown: true },
    describe: ({ code }, location) =>
      `${getEndpointName(location)} rejected the credentials (${code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`,
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    failure: { kind: 'denied', isServiceDown: true },
    describe: () => 'the credentials have expired; renew them in this job before tfcache runs',
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    failure: { isServiceDown: true },
    describe: () =>
      'the clocks of this machine and the store differ too much; synchronize both with NTP',
  },
  {
    codes: ['CredentialsProviderError', 'TokenProviderError'],
    failure: { kind: 'denied', isServiceDown: true },
    describe: () =>
      'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role (pull requests from forks get no secrets)',
  },
  {
    codes: [
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
    ],
    matches: ({ status }) => status === 301 || status === 307,
    failure: { isServiceDown: true },
    describe: ({ region }, location) =>
      region === undefined
        ? `the bucket is not in the requested region (${location.region ?? 'none is set'}); set region=… in cache`
        : `the bucket is in ${region}, not in the requested region; set region=${region} in cache`,
  },
  {
    codes: [],
    matches: ({ message }) => message === 'Region is missing',
    failure: { isServiceDown: true },
    describe: () => 'no region is set; set region=… in cache, or AWS_REGION',
  },
  {
    codes: ['SlowDown', 'TooManyRequests', 'TooManyRequestsException', 'Throttling'],
    matches: ({ status }) => status === 429 || status === 503,
    failure: { isServiceDown: true },
    describe: ({ code, status }) =>
      `the store is overloaded (${[status, code].filter(Boolean).join(' ')}), also after retries`,
  },
  {
    codes: ['NotImplemented', 'MethodNotAllowed'],
    matches: ({ status }) => status === 501,
    failure: { kind: 'unsupported' },
    describe: ({ code, message }) => `the store does not support the request (${code}: ${message})`,
  },
  {
    codes: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden'],
    matches: ({ status }) => status === 401 || status === 403,
    failure: { kind: 'denied' },
    describe: ({ code, status }) =>
      `the credentials do not permit this (${[status, code].filter(Boolean).join(' ')}); docs/scale.md lists the required permissions`,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    failure: { isServiceDown: true },
    describe: ({ code }, location) =>
      `the host of ${getEndpointName(location)} was not found (${code}); check endpoint and DNS`,
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
    failure: { isServiceDown: true },
    describe: ({ code }, location) =>
      `${getEndpointName(location)} is unreachable (${code}); check endpoint, port and firewall`,
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
    failure: { isServiceDown: true },
    describe: ({ code }, location) =>
      `the certificate of ${getEndpointName(location)} is not trusted (${code}); set NODE_EXTRA_CA_CERTS to the authority's certificate`,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'IncompleteBody'],
    failure: {},
    describe: ({ code }, location) =>
      `${getEndpointName(location)} closed the connection (${code})`,
  },
  {
    codes: ['ENOSPC', 'EDQUOT'],
    failure: { isServiceDown: true },
    describe: () => 'no space is left on this machine',
  },
];
