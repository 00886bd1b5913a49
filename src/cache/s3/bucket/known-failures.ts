import type { S3Location } from '../location/location.ts';

/** What an answer of the store, or its absence, means for us. */
export interface S3Failure {
  /**
   * `missing`: no such object. `exists`: a conditional write came second. `conflict`: it did not come about because of another
   * write at the same time, however that one ended. `denied`: these credentials may not do this.
   * `short`: the range asked for lies beyond the object's end. `unsupported`: the store does not know what was asked.
   */
  kind: 'missing' | 'exists' | 'conflict' | 'denied' | 'short' | 'unsupported' | 'failed';
  /** For people. It may be long, and hold what the store says of secrets. */
  reason: string;
  /** No other request will fare better. */
  isServiceDown: boolean;
}

/** What an error tells of itself. */
export interface S3ErrorDetails {
  /** S3's code, or Node's. */
  code: string;
  status: number | undefined;
  message: string;
  /** Where the bucket lies, when the store tells. */
  region: string | undefined;
}

interface KnownFailure {
  codes: readonly string[];
  /** For answers without a code. */
  matches?: (facts: S3ErrorDetails) => boolean;
  failure: Partial<Omit<S3Failure, 'reason'>>;
  describe: (facts: S3ErrorDetails, location: S3Location) => string;
}

const getEndpointName = (location: S3Location): string => location.endpoint ?? 'the S3 store';

/**
 * What stores and Node say, and what that means: by code, or by status where there is no code. First match wins.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, errno(3)
 */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    codes: ['NoSuchBucket'],
    failure: { isServiceDown: true },
    describe: (_facts, { bucket, endpoint }) =>
      `there is no bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`}; create it, or correct its name`,
  },
  {
    codes: ['NotAListingError'],
    failure: { isServiceDown: true },
    describe: ({ message }, location) =>
      `${getEndpointName(location)} is no S3 store, or keeps its buckets elsewhere (${message}); check endpoint and bucket`,
  },
  {
    codes: ['NoSuchKey', 'NotFound', 'NoSuchUpload'],
    matches: ({ status }) => status === 404,
    failure: { kind: 'missing' },
    describe: () => 'it is not there',
  },
  {
    codes: ['ConditionalRequestConflict'],
    failure: { kind: 'conflict' },
    describe: () => 'another job wrote or removed it at the same time',
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
    describe: () => 'it is shorter than it should be',
  },
  {
    codes: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'AuthFailure'],
    failure: { kind: 'denied', isServiceDown: true },
    describe: ({ code }, location) =>
      `${getEndpointName(location)} does not take the credentials (${code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`,
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    failure: { kind: 'denied', isServiceDown: true },
    describe: () => 'the credentials have expired; get new ones in this job before tfcache runs',
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    failure: { isServiceDown: true },
    describe: () =>
      "this machine's clock and the store's differ too much; set the clock (NTP), or the store's",
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
        ? `the bucket does not lie in the region that was asked (${location.region ?? 'none was given'}); set region=… in cache`
        : `the bucket lies in ${region}, another region was asked; set region=${region} in cache`,
  },
  {
    codes: [],
    matches: ({ message }) => message === 'Region is missing',
    failure: { isServiceDown: true },
    describe: () => 'no region is known; set region=… in cache, or AWS_REGION',
  },
  {
    codes: ['SlowDown', 'TooManyRequests', 'TooManyRequestsException', 'Throttling'],
    matches: ({ status }) => status === 429 || status === 503,
    failure: { isServiceDown: true },
    describe: ({ code, status }) =>
      `the store has too much to do (${[status, code].filter(Boolean).join(' ')}), also after further tries`,
  },
  {
    codes: ['NotImplemented', 'MethodNotAllowed'],
    matches: ({ status }) => status === 501,
    failure: { kind: 'unsupported' },
    describe: ({ code, message }) => `the store does not know what was asked (${code}: ${message})`,
  },
  {
    codes: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden'],
    matches: ({ status }) => status === 401 || status === 403,
    failure: { kind: 'denied' },
    describe: ({ code, status }) =>
      `these credentials may not do that (${[status, code].filter(Boolean).join(' ')}); docs/scale.md lists the rights that are needed`,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    failure: { isServiceDown: true },
    describe: ({ code }, location) =>
      `the name of ${getEndpointName(location)} cannot be resolved (${code}); check endpoint and DNS`,
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
      `${getEndpointName(location)} cannot be reached (${code}); check endpoint, port and firewall`,
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
      `${getEndpointName(location)} has no certificate that this machine trusts (${code}); NODE_EXTRA_CA_CERTS names further authorities`,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'IncompleteBody'],
    failure: {},
    describe: ({ code }, location) => `${getEndpointName(location)} cut the connection (${code})`,
  },
  {
    codes: ['ENOSPC', 'EDQUOT'],
    failure: { isServiceDown: true },
    describe: () => 'there is no space left for it on this machine',
  },
];
