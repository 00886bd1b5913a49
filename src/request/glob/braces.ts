/** Why a glob cannot be read, in words for the user. */
export class MalformedGlobError extends Error {
  override readonly name = 'MalformedGlobError';
}

const MAX_ALTERNATIVES = 1000;
/** Of braces within braces. */
const MAX_DEPTH = 16;
/** Of a text with all its braces; a list of 1000 names of 32 characters. */
const MAX_LENGTH = 32_768;

/** A text, or parts one of which is to be chosen. */
type Piece = string | { readonly choices: readonly (readonly Piece[])[] };

/** A brace that is open: `choices` are its finished parts, `pieces` those of the part that is being read. */
interface OpenBrace {
  choices: (readonly Piece[])[];
  pieces: Piece[];
}

/**
 * Returns `abd` and `acd` for `a{b,c}d`, in the order of a shell. Braces without a comma mean themselves, and so do a brace
 * that is not closed and what follows a backslash. The text is read once, from left to right.
 *
 * @throws MalformedGlobError if the text is too long, its braces are too deep, or they stand for too many texts.
 */
export function expandBraces(text: string): string[] {
  if (text.length > MAX_LENGTH) {
    throw new MalformedGlobError(
      `it is ${text.length} characters long, and ${MAX_LENGTH} is the most`,
    );
  }
  const pieces = parse(text);
  if (count(pieces) > MAX_ALTERNATIVES) {
    throw new MalformedGlobError(`its braces stand for more than ${MAX_ALTERNATIVES} globs`);
  }
  return expand(pieces);
}

function parse(text: string): readonly Piece[] {
  const outermost: OpenBrace = { choices: [], pieces: [] };
  const open = [outermost];
  let innermost = outermost;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') {
      append(innermost.pieces, [text.slice(index, index + 2)]);
      index += 1;
    } else if (character === '{') {
      if (open.length > MAX_DEPTH) {
        throw new MalformedGlobError(`its braces are more than ${MAX_DEPTH} deep`);
      }
      innermost = { choices: [], pieces: [] };
      open.push(innermost);
    } else if (character === ',' && innermost !== outermost) {
      innermost.choices.push(innermost.pieces);
      innermost.pieces = [];
    } else if (character === '}' && innermost !== outermost) {
      open.pop();
      const closed = innermost;
      innermost = open.at(-1) ?? outermost;
      append(
        innermost.pieces,
        closed.choices.length === 0
          ? ['{', ...closed.pieces, '}']
          : [{ choices: [...closed.choices, closed.pieces] }],
      );
    } else {
      append(innermost.pieces, [character]);
    }
  }
  // A brace that is not closed means itself, and so do the commas in it.
  for (const { choices, pieces } of open.slice(1)) {
    append(outermost.pieces, ['{']);
    for (const choice of choices) append(outermost.pieces, [...choice, ',']);
    append(outermost.pieces, pieces);
  }
  return outermost.pieces;
}

/** Adds pieces; texts that follow one another become one. */
function append(pieces: Piece[], more: readonly Piece[]): void {
  for (const piece of more) {
    const last = pieces.at(-1);
    if (typeof last === 'string' && typeof piece === 'string') {
      pieces[pieces.length - 1] = last + piece;
    } else {
      pieces.push(piece);
    }
  }
}

/** Returns for how many texts these pieces stand; `Infinity` for very many. */
function count(pieces: readonly Piece[]): number {
  return pieces.reduce(
    (product, piece) =>
      typeof piece === 'string'
        ? product
        : product * piece.choices.reduce((sum, choice) => sum + count(choice), 0),
    1,
  );
}

function expand(pieces: readonly Piece[]): string[] {
  return pieces.reduce<string[]>(
    (texts, piece) => {
      const endings = typeof piece === 'string' ? [piece] : piece.choices.flatMap(expand);
      return texts.flatMap((text) => endings.map((ending) => text + ending));
    },
    [''],
  );
}
