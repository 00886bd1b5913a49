import { alternatives } from './braces.ts';

/*
 * The globs of `path:` requests. `*`, `?` and `[…]` stay within one name, `**` as a whole name stands for any depth,
 * `{a,b}` for each of its parts, `\` takes the next character as it is. Every other character means itself: names in
 * the bucket hold quotes, and elsewhere brackets, plus and exclamation marks, which picomatch would read as more.
 */

/** One glob without braces. */
export interface Glob {
  /** Names between slashes, as written. */
  readonly names: readonly string[];
  /** The folder that its leading literal names spell, never the last name; `''` for the root. */
  readonly base: string;
  /** True when a name is `**`. */
  readonly deep: boolean;
}

/** Why a glob cannot be read, in words for the user. */
export class MalformedGlob extends Error {
  override readonly name = 'MalformedGlob';
}

const MOST_ALTERNATIVES = 1000;

/** A trailing slash stands for everything below. @throws MalformedGlob for one that could leave the bucket */
export function parseGlobs(text: string): Glob[] {
  const globs: Glob[] = [];
  for (const glob of alternatives(text)) {
    if (globs.length === MOST_ALTERNATIVES) {
      throw new MalformedGlob(`its braces stand for more than ${MOST_ALTERNATIVES} globs`);
    }
    globs.push(parseGlob(glob));
  }
  return globs;
}

function parseGlob(glob: string): Glob {
  const names = glob.split('/');
  if (names[0] === '') {
    throw new MalformedGlob(
      'it begins with a slash; paths are relative to the bucket, so leave the slash out',
    );
  }
  if (names.at(-1) === '') names.splice(-1, 1, '**');
  for (const name of names) checkName(name);
  const firstMagic = names.findIndex(isMagic);
  const literal = firstMagic === -1 ? names.length - 1 : firstMagic;
  const base = names.slice(0, literal).map(unescaped).join('/');
  return { names, base, deep: names.includes('**') };
}

function checkName(name: string): void {
  if (name === '') throw new MalformedGlob('it has two slashes in a row');
  if ((/\\*$/.exec(name)?.[0].length ?? 0) % 2 === 1) {
    throw new MalformedGlob('a backslash at the end of a name escapes nothing; write \\\\ for one');
  }
  const plain = isMagic(name) ? name : unescaped(name);
  if (plain === '..')
    throw new MalformedGlob('".." would leave the bucket; name the folder itself');
  if (plain === '.') throw new MalformedGlob('leave "." out; write ** for everything');
}

/** True when the name holds a glob character. */
export function isMagic(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    if (character === '*' || character === '?') return true;
    if (character === '[' && bracketEnd(name, index) !== -1) return true;
    if (character === '\\') index += 1;
  }
  return false;
}

/** The name that a literal one spells. */
export function unescaped(name: string): string {
  return name.replace(/\\(.)/gs, '$1');
}

/** The glob that matches exactly this path. */
export function escaped(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}

/** Where the bracket that opens at `start` closes; -1 when it does not, and is a literal one. */
export function bracketEnd(name: string, start: number): number {
  let index = start + 1;
  if (/[!^]/.test(name.charAt(index))) index += 1;
  if (name.charAt(index) === ']') index += 1;
  while (index < name.length) {
    const character = name.charAt(index);
    if (character === ']') return index;
    const classEnd = name.startsWith('[:', index) ? name.indexOf(':]', index) : -1;
    index = classEnd !== -1 ? classEnd + 2 : index + (character === '\\' ? 2 : 1);
  }
  return -1;
}
