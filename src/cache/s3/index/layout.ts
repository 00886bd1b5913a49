import { createHash } from 'node:crypto';
import type { S3Location } from '../location/location.ts';

/** The format version in every key. A new version ignores the objects of an old one. */
const LAYOUT_VERSION = 'v1';
/** Bytes of one name in a key. */
const MAX_KEY_NAME_BYTES = 250;

/**
 * The keys of objects: `PREFIX/v1/SCOPE/packs/KEY` and `PREFIX/v1/SCOPE/index/KEY-PREFIX/ENTRY`. Lifecycle rules and
 * permissions of a bucket can select them by prefix.
 */
export interface ObjectLayout {
  packKey(scope: string, key: string): string;
  /** Returns the prefix of all index entries of a scope. */
  indexPrefix(scope: string): string;
}

export function createObjectLayout(location: S3Location, keyPrefix: string): ObjectLayout {
  const root = location.prefix === '' ? LAYOUT_VERSION : `${location.prefix}/${LAYOUT_VERSION}`;
  const indexFolder = encodeKeyName(keyPrefix);
  return {
    packKey: (scope, key) => `${root}/${scope}/packs/${encodeKeyName(key)}`,
    indexPrefix: (scope) => `${root}/${scope}/index/${indexFolder}/`,
  };
}

/**
 * Encodes any text as one name in a key. Bytes other than letters, digits, `.`, `_` and `-` become `=XX`; a name that is
 * too long ends with its sha256 instead. Different texts have different names.
 */
export function encodeKeyName(text: string): string {
  const plain = [...Buffer.from(text)].map(encodeKeyByte).join('');
  const safe = plain === '.' || plain === '..' ? plain.replaceAll('.', '=2E') : plain;
  if (safe.length <= MAX_KEY_NAME_BYTES) return safe;
  const digest = createHash('sha256').update(text).digest('hex');
  // `=-` encodes no byte, so that no short text has this name.
  return `${safe.slice(0, MAX_KEY_NAME_BYTES - digest.length - 2)}=-${digest}`;
}

function encodeKeyByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
