import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addRange,
  type ByteRange,
  choosePieceBytes,
  findMissingRanges,
  planPieces,
} from '../../../src/mirror/partial/ranges.ts';

const size = fc.integer({ min: 0, max: 500 });
const ranges = (max: number) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max }))
      .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) })),
    { maxLength: 20 },
  );

function bytesOf(set: readonly ByteRange[]): Set<number> {
  const bytes = new Set<number>();
  for (const { start, end } of set) for (let byte = start; byte < end; byte += 1) bytes.add(byte);
  return bytes;
}

function isNormal(set: readonly ByteRange[]): boolean {
  return set.every(({ start, end }, index) => start < end && start > (set[index - 1]?.end ?? -1));
}

test('a set of ranges holds what was added and nothing else, sorted and joined', () => {
  fc.assert(
    fc.property(ranges(500), (added) => {
      const set = added.reduce<ByteRange[]>((sum, range) => addRange(sum, range), []);
      expect(isNormal(set)).toBe(true);
      expect(bytesOf(set)).toEqual(bytesOf(added));
    }),
  );
});

test('what is there and what is missing make up the file, without overlap', () => {
  fc.assert(
    fc.property(size, fc.array(fc.nat(500)), (total, cuts) => {
      const done = cuts
        .filter((cut) => cut < total)
        .reduce<ByteRange[]>(
          (sum, cut) => addRange(sum, { start: cut, end: Math.min(cut + 7, total) }),
          [],
        );
      const missing = findMissingRanges(done, total);
      expect(isNormal(missing)).toBe(true);
      const all = [...bytesOf(done), ...bytesOf(missing)];
      expect(all.length).toBe(total);
      expect(new Set(all).size).toBe(total);
    }),
  );
});

test('pieces cover what is missing once, in order, none longer than allowed', () => {
  fc.assert(
    fc.property(ranges(500), fc.integer({ min: 1, max: 64 }), (added, piece) => {
      const missing = added.reduce<ByteRange[]>((sum, range) => addRange(sum, range), []);
      const pieces = planPieces(missing, piece);
      expect(pieces.every(({ start, end }) => start < end && end - start <= piece)).toBe(true);
      expect(pieces.every(({ start }, index) => start >= (pieces[index - 1]?.end ?? 0))).toBe(true);
      expect(bytesOf(pieces)).toEqual(bytesOf(missing));
    }),
  );
});

test('pieces are neither tiny nor huge, and one connection takes the file whole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 45 }),
      fc.integer({ min: 2, max: 16 }),
      (total, connections) => {
        const piece = choosePieceBytes(total, connections);
        expect(piece).toBeGreaterThanOrEqual(8 * 1024 * 1024);
        expect(piece).toBeLessThanOrEqual(64 * 1024 * 1024);
        expect(choosePieceBytes(total, 1)).toBe(total);
      },
    ),
  );
});
