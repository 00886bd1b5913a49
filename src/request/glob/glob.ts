import { findClassEnd } from '../../mirror/filter/wildmatch.ts';
import { expandBraces, MalformedGlobError } from './braces.ts';

/*
 * The globs of `path:` requests. `*`, `?` and `[…]` match within one name, `**` as a whole name matches any depth, `{a,b}` is
 * expanded, and `\` makes the next character ordinary. All other characters are ordinary, because names in the buckets
 * contain quotes, brackets, plus and exclamation marks.
 */

/** One glob without braces. */
export interface Glob {
  /** Names between slashes, as written. */
  readonly names: readonly string[];
  /** The leading literal names as a folder, without the last name of the glob; `''` for the root. */
  readonly base: string;
  /** True if a name is `**`. */
  readonly isRecursive: boolean;
}

/** Twice the longest name in a bucket (1024 bytes), because a glob contains escapes and brackets too. */
const MAX_GLOB_LENGTH = 2048;

/**
 * Parses the globs of a request. A trailing slash means everything below.
 *
 * @throws MalformedGlobError if a glob could leave the bucket, is too long, or expands to too many globs
 */
export function parseGlobs(text: string): Glob[] {
  return expandBraces(text).map((glob) => {
    if (glob.length > MAX_GLOB_LENGTH) {
      throw new MalformedGlobError(
        `it is ${glob.length} characters long, and the limit is ${MAX_GLOB_LENGTH}`,
      );
    }
    return parseGlob(glob);
  });
}

function parseGlob(glob: string): Glob {
  const names = glob.split('/');
  if (names[0] === '') {
    throw new MalformedGlobError(
      'it begins with a slash; remove the slash, because paths are relative to the bucket',
    );
  }
  if (names.at(-1) === '') names.splice(-1, 1, '**');
  for (const name of names) checkName(name);
  const firstGlob = names.findIndex(hasGlobCharacter);
  const literalCount = firstGlob === -1 ? names.length - 1 : firstGlob;
  const base = names.slice(0, literalCount).map(unescapeGlob).join('/');
  return { names, base, isRecursive: names.includes('**') };
}

function checkName(name: string): void {
  if (name === '') throw new MalformedGlobError('it has two slashes in a row');
  if (endsWithEscape(name)) {
    throw new MalformedGlobError(
      'a backslash at the end of a name escapes nothing; write \\\\ for a backslash',
    );
  }
  const plain = hasGlobCharacter(name) ? name : unescapeGlob(name);
  if (plain === '..')
    throw new MalformedGlobError('".." would leave the bucket; write the folder itself');
  if (plain === '.') throw new MalformedGlobError('"." is not a name; write ** for everything');
}

/** Returns true if the name contains a glob character. */
export function hasGlobCharacter(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    if (character === '*' || character === '?') return true;
    if (character === '[' && findClosingBracket(name, index) !== undefined) return true;
    if (character === '\\') index += 1;
  }
  return false;
}

/** Returns a literal name without its escapes. */
export function unescapeGlob(name: string): string {
  return name.replace(/\\(.)/gs, '$1');
}

/** Returns the glob that matches exactly this path. */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}

/** Returns where the bracket that opens at `start` closes; undefined if it does not, and is an ordinary character. */
export function findClosingBracket(name: string, start: number): number | undefined {
  return name.includes(']', start) ? findClassEnd(name, start) : undefined;
}

/** Returns true if a text ends in a backslash that would escape the next character. */
export function endsWithEscape(text: string): boolean {
  let start = text.length;
  while (text[start - 1] === '\\') start -= 1;
  return (text.length - start) % 2 === 1;
}
