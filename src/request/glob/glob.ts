import { findClassEnd } from '../../mirror/filter/wildmatch.ts';
import { expandBraces, MalformedGlobError } from './braces.ts';

/*
 * The globs of `path:` requests. `*`, `?` and `[…]` stay within one name, `**` as a whole name stands for any depth,
 * `{a,b}` for each of its parts, `\` takes the next character as it is. Every other character means itself: names in
 * the bucket hold quotes, and elsewhere brackets, plus and exclamation marks.
 */

/** One glob without braces. */
export interface Glob {
  /** Names between slashes, as written. */
  readonly names: readonly string[];
  /** The folder that its leading literal names spell, never the last name; `''` for the root. */
  readonly base: string;
  /** True when a name is `**`. */
  readonly isRecursive: boolean;
}

/** Twice what a name in a bucket can be long (1024 bytes): a glob holds escapes and brackets as well. */
const MAX_GLOB_LENGTH = 2048;

/**
 * Reads the globs of a request. A trailing slash stands for everything below.
 *
 * @throws MalformedGlobError for a glob that could leave the bucket, and for one that is too long, too deep, or stands for too many.
 */
export function parseGlobs(text: string): Glob[] {
  return expandBraces(text).map((glob) => {
    if (glob.length > MAX_GLOB_LENGTH) {
      throw new MalformedGlobError(
        `it is ${glob.length} characters long, and ${MAX_GLOB_LENGTH} is the most`,
      );
    }
    return parseGlob(glob);
  });
}

function parseGlob(glob: string): Glob {
  const names = glob.split('/');
  if (names[0] === '') {
    throw new MalformedGlobError(
      'it begins with a slash; paths are relative to the bucket, so leave the slash out',
    );
  }
  if (names.at(-1) === '') names.splice(-1, 1, '**');
  for (const name of names) checkName(name);
  const firstMagic = names.findIndex(hasGlobCharacter);
  const literal = firstMagic === -1 ? names.length - 1 : firstMagic;
  const base = names.slice(0, literal).map(unescapeGlob).join('/');
  return { names, base, isRecursive: names.includes('**') };
}

function checkName(name: string): void {
  if (name === '') throw new MalformedGlobError('it has two slashes in a row');
  if (endsWithEscape(name)) {
    throw new MalformedGlobError(
      'a backslash at the end of a name escapes nothing; write \\\\ for one',
    );
  }
  const plain = hasGlobCharacter(name) ? name : unescapeGlob(name);
  if (plain === '..')
    throw new MalformedGlobError('".." would leave the bucket; name the folder itself');
  if (plain === '.') throw new MalformedGlobError('leave "." out; write ** for everything');
}

/** True when the name holds a glob character. */
export function hasGlobCharacter(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    if (character === '*' || character === '?') return true;
    if (character === '[' && findClosingBracket(name, index) !== undefined) return true;
    if (character === '\\') index += 1;
  }
  return false;
}

/** The name that a literal one spells. */
export function unescapeGlob(name: string): string {
  return name.replace(/\\(.)/gs, '$1');
}

/** The glob that matches exactly this path. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}

/** Returns where the bracket that opens at `start` closes; undefined if it does not, and means itself. */
export function findClosingBracket(name: string, start: number): number | undefined {
  return name.includes(']', start) ? findClassEnd(name, start) : undefined;
}

/** Returns true if a text ends in a backslash that escapes what would follow. */
export function endsWithEscape(text: string): boolean {
  let start = text.length;
  while (text[start - 1] === '\\') start -= 1;
  return (text.length - start) % 2 === 1;
}
