import picomatch from 'picomatch';
import { bracketEnd, type Glob, isMagic, unescaped } from './glob.ts';

const OPTIONS = {
  dot: true,
  windows: false,
  nobrace: true,
  noextglob: true,
  nonegate: true,
  regex: false,
  literalBrackets: false,
  strictSlashes: true,
  // The short cuts read a backslash before a character beyond ASCII otherwise than the parser does.
  fastpaths: false,
  // A name may hold a newline; `.` must match it.
  flags: 's',
} as const;

/** Whether one name matches. */
export function nameMatcher(name: string): (candidate: string) => boolean {
  if (!isMagic(name)) {
    const wanted = unescaped(name);
    return (candidate) => candidate === wanted;
  }
  return regexMatcher(picomatch.makeRe(pattern(name), OPTIONS));
}

/** Whether a whole path matches. */
export function pathMatcher(glob: Glob): (path: string) => boolean {
  const whole = glob.names.map((name) => (name === '**' ? name : pattern(name))).join('/');
  return regexMatcher(picomatch.makeRe(whole, OPTIONS));
}

/** The expression itself, for picomatch's own matcher also takes a path that equals the glob's text. */
function regexMatcher(expression: RegExp): (candidate: string) => boolean {
  return (candidate) => expression.test(candidate);
}

/** A name in picomatch's language: all that is special there and not here is escaped. */
function pattern(name: string): string {
  let result = '';
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    const end = character === '[' ? bracketEnd(name, index) : -1;
    if (character === '\\') {
      index += 1;
      result += literal(name.charAt(index));
    } else if (end !== -1) {
      result += name.slice(index, end + 1).replace(/^\[!/, '[^');
      index = end;
    } else if (character === '*') {
      if (!result.endsWith('*') || result.endsWith('\\*')) result += '*';
    } else {
      result += character === '?' ? character : literal(character);
    }
  }
  return result;
}

function literal(character: string): string {
  // A run of backslashes is shortened outside brackets.
  if (character === '\\') return '[\\\\]';
  return /^[\w\u0080-\uffff]$/.test(character) ? character : `\\${character}`;
}
