import { createHash } from 'node:crypto';
import type { S3Location } from '../location/location.ts';

/** Counts up when the form of what lies in the bucket changes; older objects are not looked at then. */
const LAYOUT = 'v1';
/** Of one name in a key, in bytes. */
const LONGEST_NAME = 250;

/**
 * Names of objects: `PREFIX/v1/SCOPE/packs/KEY` and `PREFIX/v1/SCOPE/index/KEY-PREFIX/ENTRY`. A rule of the bucket's
 * life cycle, or of who may write where, needs nothing but a prefix.
 */
export interface Layout {
  pack(scope: string, key: string): string;
  /** What the names of all index entries of a scope begin with. */
  index(scope: string): string;
}

export function layoutOf(location: S3Location, keyPrefix: string): Layout {
  const root = location.prefix === '' ? LAYOUT : `${location.prefix}/${LAYOUT}`;
  const indexFolder = fitName(keyPrefix);
  return {
    pack: (scope, key) => `${root}/${scope}/packs/${fitName(key)}`,
    index: (scope) => `${root}/${scope}/index/${indexFolder}/`,
  };
}

/**
 * Any text as one name in a key: bytes other than letters, digits, `.`, `_` and `-` become `=XX`, and what would be too
 * long ends with its sha256 instead. Different texts have different names.
 */
export function fitName(text: string): string {
  const plain = [...Buffer.from(text)].map(nameByte).join('');
  const safe = plain === '.' || plain === '..' ? plain.replaceAll('.', '=2E') : plain;
  if (safe.length <= LONGEST_NAME) return safe;
  const digest = createHash('sha256').update(text).digest('hex');
  // `=-` cannot come from a byte, so that no short text gets this name.
  return `${safe.slice(0, LONGEST_NAME - digest.length - 2)}=-${digest}`;
}

function nameByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
