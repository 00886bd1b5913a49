import {
  createCredentialsError,
  createLocationError,
  LOCATION_SYNTAX,
  maskLocationValue,
} from './location-error.ts';
import { parseLocationParameters } from './parameters.ts';

/** The location of an S3 cache, from `cache: s3://bucket/prefix?…`. Holds no secret: it may be printed and kept in state. */
export interface S3Location {
  bucket: string;
  /** Without slashes at its ends; `''` for the bucket's root. */
  prefix: string;
  /** `https://host[:port]`; undefined for AWS, or for the endpoint of AWS variables (see `endpoint.ts`) or profiles. */
  endpoint: string | undefined;
  /** Undefined for the region of AWS variables or profiles. */
  region: string | undefined;
  /** `endpoint/bucket/key` rather than `bucket.endpoint/key`; undefined for the endpoint's default. */
  pathStyle: boolean | undefined;
  /** Whether writing is forbidden. */
  readOnly: boolean;
  /** The folder to write to; undefined if it depends on the job. `shared` for `scope=none`. */
  scope: string | undefined;
  /** The default branch; undefined for the one that the CI names. */
  defaultBranch: string | undefined;
  /** For reports: bucket and prefix, without parameters. */
  name: string;
}

/** Names of buckets, including those that AWS does not allow but other stores do. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: safe characters, without those of glob patterns. */
const PREFIX_NAME = /^[A-Za-z0-9_=.-]+$/;
/** Keys have at most 1,024 bytes, of which tfcache needs less than 700 after the prefix. */
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
 * Parses `s3://bucket[/prefix][?endpoint=…&region=…&path-style=…&read-only=…&scope=…&default-branch=…]`.
 *
 * The address may not contain credentials, which come from AWS variables and profiles.
 *
 * @throws TfcacheError `input-invalid`, without any text that may be a secret: user names, passwords, unknown parameters.
 */
export function parseS3Location(text: string): S3Location {
  // Checked before parsing: a secret may contain a slash, and a part of it would be parsed as bucket or prefix.
  const address = text.replace(/[?#].*$/s, '');
  if (/@|%40/i.test(address)) throw createCredentialsError('a user name or a password');
  if (/(?:secret|key|token|password)(?:=|:|%3d)/i.test(address)) {
    throw createCredentialsError('a key, a token or a password');
  }
  if (!text.startsWith('s3://') || !URL.canParse(text)) {
    throw createLocationError('The cache is not the address of an S3 store.', {
      expected: LOCATION_SYNTAX,
    });
  }
  const url = new URL(text);
  if (url.port !== '' || url.hash !== '') {
    throw createLocationError('The address of the S3 store has a port or a # part.', {
      expected: LOCATION_SYNTAX,
      hint: 'Set the host and port of the store in endpoint=https://host:port, and write # as %23.',
    });
  }
  const bucket = url.hostname;
  if (!BUCKET_NAME.test(bucket) || bucket.includes('..')) {
    throw createLocationError('The address of the S3 store names no valid bucket.', {
      expected: '3 to 255 letters, digits, dots, hyphens and underscores',
      found: maskLocationValue(bucket),
    });
  }
  // URL resolves `..` silently, so the original text is checked, too.
  const prefix = parsePrefix(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(address) ? address : url.pathname);
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
  const isValid = names.every((name) => PREFIX_NAME.test(name) && name !== '.' && name !== '..');
  if (isValid && prefix.length <= MAX_PREFIX_LENGTH) return prefix;
  throw createLocationError('The prefix in the address of the S3 store is not valid.', {
    expected: `at most ${MAX_PREFIX_LENGTH} letters, digits and _ = . - in names separated by /`,
    found: maskLocationValue(prefix),
  });
}
