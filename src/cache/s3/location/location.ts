import {
  createCredentialsError,
  createLocationError,
  LOCATION_SYNTAX,
  maskLocationValue,
} from './location-error.ts';
import { parseLocationParameters } from './parameters.ts';

/** Where an S3 cache lies, read from `cache: s3://bucket/prefix?…`. Holds no secret: it may be printed and kept in state. */
export interface S3Location {
  bucket: string;
  /** Without slashes at its ends; `''` for the bucket's root. */
  prefix: string;
  /** `https://host[:port]`; undefined for AWS itself, or what the usual variables (see `endpoint.ts`) and profiles name. */
  endpoint: string | undefined;
  /** Undefined: as the usual variables and profiles say. */
  region: string | undefined;
  /** `endpoint/bucket/key` rather than `bucket.endpoint/key`; undefined: as it is usual for the endpoint. */
  pathStyle: boolean | undefined;
  /** Nothing is ever written. */
  readOnly: boolean;
  /** The folder to write to, when it does not follow from the job; `shared` where `scope=none`. */
  scope: string | undefined;
  /** The default branch's name, where the job does not tell it. */
  defaultBranch: string | undefined;
  /** For reports: bucket and prefix, without parameters. */
  name: string;
}

/** Names of buckets, also those of stores that are laxer than AWS, where they can stand in a path. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: safe characters, without those of globs. */
const PREFIX_NAME = /^[A-Za-z0-9_=.-]+$/;
/** A key has at most 1,024 bytes; ours add less than 700 to the prefix. */
const MAX_PREFIX_LENGTH = 300;

/** Parameters of the URL, each at most once. */
const PARAMETERS = [
  'endpoint',
  'region',
  'path-style',
  'read-only',
  'scope',
  'default-branch',
] as const;

/**
 * Reads `s3://bucket[/prefix][?endpoint=…&region=…&path-style=…&read-only=…&scope=…&default-branch=…]`.
 *
 * Credentials never stand in it: they come from the usual AWS variables and profiles.
 *
 * @throws TfcacheError `usage`. Its text never holds what may be a secret: user names, passwords, unknown parameters.
 */
export function parseS3Location(text: string): S3Location {
  // Before it is parsed: a secret may hold a slash, and then a part of it would be taken for the bucket or the prefix.
  const written = text.replace(/[?#].*$/s, '');
  if (/@|%40/i.test(written)) throw createCredentialsError('A user name or a password stands');
  if (/(?:secret|key|token|password)(?:=|:|%3d)/i.test(written)) {
    throw createCredentialsError('A key, a token or a password stands');
  }
  if (!text.startsWith('s3://') || !URL.canParse(text)) {
    throw createLocationError('It is not an address of an S3 store.', {
      expected: LOCATION_SYNTAX,
    });
  }
  const url = new URL(text);
  if (url.port !== '' || url.hash !== '') {
    throw createLocationError('The address of the S3 store has a port or a # part.', {
      expected: LOCATION_SYNTAX,
      hint: 'The host and port of a store other than AWS belong into endpoint=https://host:port, and # is written %23.',
    });
  }
  const bucket = url.hostname;
  if (!BUCKET_NAME.test(bucket) || bucket.includes('..')) {
    throw createLocationError('The address of the S3 store names no bucket that there can be.', {
      expected: '3 to 255 letters, digits, dots, hyphens and underscores',
      found: maskLocationValue(bucket),
    });
  }
  // URL resolves `..` in silence: what was written is looked at, too.
  const prefix = parsePrefix(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(written) ? written : url.pathname);
  const values = parseLocationParameters(url.searchParams, PARAMETERS);
  const endpoint = values.readOrigin('endpoint');
  const scope = values.readText('scope', /^[A-Za-z0-9][A-Za-z0-9._=-]{0,199}$/, SCOPE_SYNTAX);
  return {
    bucket,
    prefix,
    endpoint,
    region: values.readText('region', /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'eu-central-1'),
    pathStyle: values.readBoolean('path-style') ?? (endpoint === undefined ? undefined : true),
    readOnly: values.readBoolean('read-only') ?? false,
    scope: scope === 'none' ? 'shared' : scope === 'auto' ? undefined : scope,
    defaultBranch: values.readText('default-branch', /^[^\p{Cc}\s]{1,200}$/u, 'main'),
    name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
  };
}

const SCOPE_SYNTAX = 'auto, none, or a folder such as branch-main or team-a';

function parsePrefix(path: string): string {
  const prefix = path.replace(/^\/+|\/+$/g, '');
  const names = prefix === '' ? [] : prefix.split('/');
  const fits = names.every((name) => PREFIX_NAME.test(name) && name !== '.' && name !== '..');
  if (fits && prefix.length <= MAX_PREFIX_LENGTH) return prefix;
  throw createLocationError('The address of the S3 store has a prefix that cannot be used.', {
    expected: `at most ${MAX_PREFIX_LENGTH} letters, digits and _ = . - in names with / between them`,
    found: maskLocationValue(prefix),
  });
}
