/**
 * Edits (one character put in, left out, changed, or two neighbours swapped) that turn one text into the other.
 * Optimal string alignment distance, after Damerau and Levenshtein.
 */
export function computeEditDistance(from: string, to: string): number {
  const width = to.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column < width; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** Longer texts are compared by their beginning only: the time grows with the square of the length. */
const COMPARED_LENGTH = 200;

function likeness(wanted: string, name: string): number {
  const a = wanted.toLowerCase().slice(0, COMPARED_LENGTH);
  const b = name.toLowerCase().slice(0, COMPARED_LENGTH);
  // A name that holds all of it is what a forgotten ending looks like: less than as many wrong letters.
  if (a.length > 2 && b.includes(a)) return (b.length - a.length) / 4;
  return computeEditDistance(a, b);
}

/** The names most like `wanted`, best first, each once; those equally like it keep their order. */
export function findNearestNames(wanted: string, names: Iterable<string>, count = 5): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: likeness(wanted, name) }))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

/** The one name that `wanted` is most likely a slip of; undefined when none is near enough to suggest. */
export function suggestName(wanted: string, names: Iterable<string>): string | undefined {
  const [best] = findNearestNames(wanted, names, 1);
  if (best === undefined) return undefined;
  return likeness(wanted, best) <= Math.max(2, wanted.length / 3) ? best : undefined;
}

/** `a, b and 3 more`: a list for a message, cut after `limit` names. */
export function formatShortList(names: readonly string[], limit = 8): string {
  if (names.length <= limit) return names.join(', ');
  return `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`;
}
