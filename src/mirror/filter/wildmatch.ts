/** How a match ended: the two kinds of "no" let a star further out give up early, as in rsync's wildmatch.c. */
type MatchResult = 'match' | 'no-match' | 'abort-all' | 'abort-to-starstar';

const SLASH = 0x2f;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const DASH = 0x2d;
const COLON = 0x3a;
const END = 0;

/**
 * The members of POSIX classes, in the C locale: bytes above 127 are in none.
 */
const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[A-Za-z0-9]/],
  ['alpha', /[A-Za-z]/],
  ['blank', /[ \t]/],
  ['cntrl', /(?=[^\x80-\xff])\p{Cc}/u],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t-\r]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[0-9A-Fa-f]/],
]);

/**
 * True when all of `text` matches the wildcard pattern; with `anywhere`, also when what follows one of its slashes does.
 * Both are strings of bytes (one character a byte, without NUL), because rsync matches bytes: `?` is one byte.
 *
 * The rules are those of rsync(1), "PATTERN MATCHING RULES", in every corner those of rsync's wildmatch.c: `*` stops at a
 * slash, `**` does not, `?` and classes never match a slash, an unfinished class matches nothing.
 */
export function matchWildcard(pattern: string, text: string, anywhere = false): boolean {
  let verdict = match(pattern, 0, text, 0);
  if (!anywhere) return verdict === 'match';
  for (let at = 0; verdict !== 'match' && verdict !== 'abort-all'; at++) {
    at = text.indexOf('/', at);
    if (at === -1) return false;
    verdict = match(pattern, 0, text, at + 1);
  }
  return verdict === 'match';
}

function byteAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : END;
}

function match(
  pattern: string,
  patternStart: number,
  text: string,
  textStart: number,
): MatchResult {
  let p = patternStart;
  let t = textStart;
  for (; p < pattern.length; p++, t++) {
    const wanted = byteAt(pattern, p);
    const found = byteAt(text, t);
    if (found === END && wanted !== STAR) return 'abort-all';
    switch (pattern[p]) {
      case '?':
        if (found === SLASH) return 'no-match';
        break;
      case '*':
        return matchStar(pattern, p, text, t);
      case '[': {
        const set = matchClass(pattern, p, found);
        if (set === undefined) return 'abort-all';
        if (!set.matches || found === SLASH) return 'no-match';
        p = set.end;
        break;
      }
      case '\\':
        p++;
        if (byteAt(pattern, p) !== found) return 'no-match';
        break;
      default:
        if (wanted !== found) return 'no-match';
    }
  }
  return t < text.length ? 'no-match' : 'match';
}

function matchStar(pattern: string, star: number, text: string, textStart: number): MatchResult {
  let p = star + 1;
  const crossesSlash = byteAt(pattern, p) === STAR;
  while (byteAt(pattern, p) === STAR && crossesSlash) p++;
  if (p >= pattern.length) {
    return crossesSlash || text.indexOf('/', textStart) === -1 ? 'match' : 'no-match';
  }
  for (let t = textStart; t < text.length; t++) {
    const verdict = match(pattern, p, text, t);
    if (verdict !== 'no-match') {
      if (!crossesSlash || verdict !== 'abort-to-starstar') return verdict;
    } else if (!crossesSlash && byteAt(text, t) === SLASH) {
      return 'abort-to-starstar';
    }
  }
  return 'abort-all';
}

/** Returns where the class that opens at `open` ends; undefined for an unfinished class. */
export function findClassEnd(pattern: string, open: number): number | undefined {
  return matchClass(pattern, open, END)?.end;
}

/** Whether a byte is in the class that opens at `open`, and where the class ends; undefined for an unfinished class. */
function matchClass(
  pattern: string,
  open: number,
  found: number,
): { matches: boolean; end: number } | undefined {
  let p = open + 1;
  const inverted = pattern[p] === '!' || pattern[p] === '^';
  if (inverted) p++;
  let matches = false;
  /** The byte before, as the start of a range; END where none can start. */
  let previous = END;
  // A closing bracket that comes first is a member.
  for (let first = true; first || byteAt(pattern, p) !== CLOSE; first = false, p++) {
    const byte = byteAt(pattern, p);
    if (byte === END) return undefined;
    if (byte === BACKSLASH) {
      const escaped = byteAt(pattern, ++p);
      if (escaped === END) return undefined;
      matches ||= escaped === found;
      previous = escaped;
    } else if (byte === DASH && previous !== END && isRangeEnd(byteAt(pattern, p + 1))) {
      let last = byteAt(pattern, ++p);
      if (last === BACKSLASH) last = byteAt(pattern, ++p);
      if (last === END) return undefined;
      matches ||= previous <= found && found <= last;
      previous = END;
    } else if (byte === OPEN && byteAt(pattern, p + 1) === COLON) {
      const close = pattern.indexOf(']', p + 2);
      if (close === -1) return undefined;
      if (close - (p + 2) - 1 < 0 || byteAt(pattern, close - 1) !== COLON) {
        // No ":]": the bracket is a member like any other.
        matches ||= found === OPEN;
        previous = OPEN;
      } else {
        const members = CLASSES.get(pattern.slice(p + 2, close - 1));
        if (members === undefined) return undefined;
        matches ||= members.test(String.fromCharCode(found));
        previous = END;
        p = close;
      }
    } else {
      matches ||= byte === found;
      previous = byte;
    }
  }
  return { matches: matches !== inverted, end: p };
}

function isRangeEnd(byte: number): boolean {
  return byte !== END && byte !== CLOSE;
}
