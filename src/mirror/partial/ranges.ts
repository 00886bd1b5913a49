/** Bytes from `start` to before `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A piece is never smaller than this (but for the last): each costs a round trip. */
const MIN_PIECE_BYTES = 8 * 1024 * 1024;
/** Nor larger than this, so that the connections end at about the same time. */
const MAX_PIECE_BYTES = 64 * 1024 * 1024;
/** Pieces a connection gets, at least, when the file is large enough. */
const MIN_PIECES_PER_CONNECTION = 8;

/** How large the pieces of a file are when it comes over several connections; the file's own size when over one. */
export function choosePieceBytes(size: number, connections: number): number {
  if (connections <= 1) return size;
  const even = Math.ceil(size / (connections * MIN_PIECES_PER_CONNECTION));
  return Math.min(Math.max(even, MIN_PIECE_BYTES), MAX_PIECE_BYTES);
}

/** Cuts what is missing into pieces, in order; none is longer than `piece`. */
export function planPieces(missing: readonly ByteRange[], piece: number): ByteRange[] {
  return missing.flatMap(({ start, end }) => {
    const count = Math.ceil((end - start) / Math.max(piece, 1));
    return Array.from({ length: count }, (_, index) => ({
      start: start + index * piece,
      end: Math.min(start + (index + 1) * piece, end),
    }));
  });
}

/** A set of ranges with one more in it: sorted, without overlaps, neighbours joined. */
export function addRange(ranges: readonly ByteRange[], added: ByteRange): ByteRange[] {
  if (added.start >= added.end) return [...ranges];
  const before = ranges.filter((range) => range.end < added.start);
  const after = ranges.filter((range) => range.start > added.end);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const start = Math.min(added.start, ...touching.map((range) => range.start));
  const end = Math.max(added.end, ...touching.map((range) => range.end));
  return [...before, { start, end }, ...after];
}

/** What a set of ranges leaves out of a file of this size. */
export function findMissingRanges(ranges: readonly ByteRange[], size: number): ByteRange[] {
  const missing: ByteRange[] = [];
  let position = 0;
  for (const { start, end } of ranges) {
    if (start > position) missing.push({ start: position, end: start });
    position = end;
  }
  if (position < size) missing.push({ start: position, end: size });
  return missing;
}
