/** Says why a glob is not valid, in words for the user. */
export class MalformedGlobError extends Error {
  override readonly name = 'MalformedGlobError';
}

const MAX_ALTERNATIVES = 1000;
/** Braces within braces. */
const MAX_DEPTH = 16;
/** Enough for 1000 names of 32 characters. */
const MAX_LENGTH = 32_768;

/** A text, or alternatives of which one is chosen. */
type Piece = string | { readonly choices: readonly (readonly Piece[])[] };

/** An open brace: `choices` are its complete alternatives, `pieces` is the alternative that is being read. */
interface OpenBrace {
  choices: (readonly Piece[])[];
  pieces: Piece[];
}

/**
 * Returns `abd` and `acd` for `a{b,c}d`, in the order of a shell. A brace is an ordinary character if it has no comma, if it
 * is not closed, or if it follows a backslash.
 *
 * @throws MalformedGlobError if the text is too long, its braces are too deep, or they expand to too many texts.
 */
export function expandBraces(text: string): string[] {
  if (text.length > MAX_LENGTH) {
    throw new MalformedGlobError(
      `it is ${text.length} characters long, and the limit is ${MAX_LENGTH}`,
    );
  }
  const pieces = parsePieces(text);
  if (countExpansions(pieces) > MAX_ALTERNATIVES) {
    throw new MalformedGlobError(`its braces expand to more than ${MAX_ALTERNATIVES} globs`);
  }
  return expandPieces(pieces);
}

function parsePieces(text: string): readonly Piece[] {
  const outermost: OpenBrace = { choices: [], pieces: [] };
  const openBraces = [outermost];
  let innermost = outermost;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') {
      append(innermost.pieces, [text.slice(index, index + 2)]);
      index += 1;
    } else if (character === '{') {
      if (openBraces.length > MAX_DEPTH) {
        throw new MalformedGlobError(`its braces are nested more than ${MAX_DEPTH} deep`);
      }
      innermost = { choices: [], pieces: [] };
      openBraces.push(innermost);
    } else if (character === ',' && innermost !== outermost) {
      innermost.choices.push(innermost.pieces);
      innermost.pieces = [];
    } else if (character === '}' && innermost !== outermost) {
      openBraces.pop();
      const closed = innermost;
      innermost = openBraces.at(-1) ?? outermost;
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
  // A brace that is not closed is an ordinary character, and so are the commas in it.
  for (const { choices, pieces } of openBraces.slice(1)) {
    append(outermost.pieces, ['{']);
    for (const choice of choices) append(outermost.pieces, [...choice, ',']);
    append(outermost.pieces, pieces);
  }
  return outermost.pieces;
}

/** Appends pieces, and joins adjacent texts. */
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

/** Returns how many texts the pieces expand to; may be `Infinity`. */
function countExpansions(pieces: readonly Piece[]): number {
  return pieces.reduce(
    (product, piece) =>
      typeof piece === 'string'
        ? product
        : product * piece.choices.reduce((sum, choice) => sum + countExpansions(choice), 0),
    1,
  );
}

function expandPieces(pieces: readonly Piece[]): string[] {
  return pieces.reduce<string[]>(
    (texts, piece) => {
      const endings = typeof piece === 'string' ? [piece] : piece.choices.flatMap(expandPieces);
      return texts.flatMap((text) => endings.map((ending) => text + ending));
    },
    [''],
  );
}
