import { createHash } from 'node:crypto';
import type { S3Location } from '../location/location.ts';

/** Counts up when the form of what lies in the bucket changes; older objects are not looked at then. */
const LAYOUT_VERSION = 'v1';
/** Of one name in a key, in bytes. */
const MAX_KEY_NAME_BYTES = 250;

/**
 * Names of objects: `PREFIX/v1/SCOPE/packs/KEY` and `PREFIX/v1/SCOPE/index/KEY-PREFIX/ENTRY`. A rule of the bucket's
 * life cycle, or of who may write where, needs nothing but a prefix.
 */
export interface ObjectLayout {
  packKey(scope: string, key: string): string;
  /** What the names of all index entries of a scope begin with. */
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
 * Any text as one name in a key: bytes other than letters, digits, `.`, `_` and `-` become `=XX`, and what would be too
 * long ends with its sha256 instead. Different texts have different names.
 */
export function encodeKeyName(text: string): string {
  const plain = [...Buffer.from(text)].map(encodeKeyByte).join('');
  const safe = plain === '.' || plain === '..' ? plain.replaceAll('.', '=2E') : plain;
  if (safe.length <= MAX_KEY_NAME_BYTES) return safe;
  const digest = createHash('sha256').update(text).digest('hex');
  // `=-` cannot come from a byte, so that no short text gets this name.
  return `${safe.slice(0, MAX_KEY_NAME_BYTES - digest.length - 2)}=-${digest}`;
}

function encodeKeyByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
