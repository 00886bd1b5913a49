/** Bytes from `start` to before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** A piece is never smaller than this (but for the last): each costs a round trip. */
const SMALLEST_PIECE = 8 * 1024 * 1024;
/** Nor larger than this, so that the connections end at about the same time. */
const LARGEST_PIECE = 64 * 1024 * 1024;
/** Pieces a connection gets, at least, when the file is large enough. */
const PIECES_EACH = 8;

/** How large the pieces of a file are when it comes over several connections; the file's own size when over one. */
export function pieceSize(size: number, connections: number): number {
  if (connections <= 1) return size;
  const even = Math.ceil(size / (connections * PIECES_EACH));
  return Math.min(Math.max(even, SMALLEST_PIECE), LARGEST_PIECE);
}

/** Cuts what is missing into pieces, in order; none is longer than `piece`. */
export function planPieces(missing: readonly Range[], piece: number): Range[] {
  return missing.flatMap(({ start, end }) => {
    const count = Math.ceil((end - start) / Math.max(piece, 1));
    return Array.from({ length: count }, (_, index) => ({
      start: start + index * piece,
      end: Math.min(start + (index + 1) * piece, end),
    }));
  });
}

/** A set of ranges with one more in it: sorted, without overlaps, neighbours joined. */
export function addRange(ranges: readonly Range[], added: Range): Range[] {
  if (added.start >= added.end) return [...ranges];
  const before = ranges.filter((range) => range.end < added.start);
  const after = ranges.filter((range) => range.start > added.end);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const start = Math.min(added.start, ...touching.map((range) => range.start));
  const end = Math.max(added.end, ...touching.map((range) => range.end));
  return [...before, { start, end }, ...after];
}

/** What a set of ranges leaves out of a file of this size. */
export function missingRanges(ranges: readonly Range[], size: number): Range[] {
  const missing: Range[] = [];
  let position = 0;
  for (const { start, end } of ranges) {
    if (start > position) missing.push({ start: position, end: start });
    position = end;
  }
  if (position < size) missing.push({ start: position, end: size });
  return missing;
}
