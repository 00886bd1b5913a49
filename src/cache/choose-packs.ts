import type { Pack } from './cache.ts';

interface Candidate {
  pack: Pack;
  /** Bytes of the pack that are wanted and that no chosen pack brings. */
  usefulBytes: number;
  /** Bytes a fetch of the pack transfers: the sum of its contents, whatever it says itself. */
  transferBytes: number;
}

/**
 * Which packs to fetch for the wanted contents (sha256): greedily the pack with the smallest share of bytes that nobody
 * asked for, then the next for what is still missing. A pack without anything wanted is never chosen; a content in no pack
 * is left out.
 */
export function choosePacks(wanted: Iterable<string>, packs: readonly Pack[]): Pack[] {
  const missing = new Set(wanted);
  const candidates = packs
    .map((pack) => measureCandidate(pack, missing))
    .filter((candidate) => candidate !== undefined)
    .sort(compareCandidates);
  const chosen: Pack[] = [];
  while (missing.size > 0) {
    const first = candidates.shift();
    if (first === undefined) break;
    // What a pack brings only shrinks as others are chosen: the first that is still as good as it was is the best.
    const now = measureCandidate(first.pack, missing);
    if (now === undefined) continue;
    const next = candidates[0];
    if (next === undefined || compareCandidates(now, next) <= 0) {
      chosen.push(now.pack);
      for (const { sha256 } of now.pack.contents) missing.delete(sha256);
    } else {
      candidates.splice(findInsertionIndex(now, candidates), 0, now);
    }
  }
  return chosen;
}

/** Where a candidate belongs among sorted ones. An index may name thousands of packs: sorting them again each time takes seconds. */
function findInsertionIndex(one: Candidate, sorted: readonly Candidate[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compareCandidates(other, one) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function measureCandidate(pack: Pack, missing: ReadonlySet<string>): Candidate | undefined {
  let useful = 0;
  let cost = 0;
  let hits = 0;
  for (const { sha256, size } of pack.contents) {
    cost += size;
    if (!missing.has(sha256)) continue;
    useful += size;
    hits += 1;
  }
  return hits === 0 ? undefined : { pack, usefulBytes: useful, transferBytes: cost };
}

/** Sorts the better one first: share of useful bytes, then more of them, then the key, so that the choice is always the same. */
function compareCandidates(one: Candidate, other: Candidate): number {
  const share =
    other.usefulBytes * Math.max(1, one.transferBytes) -
    one.usefulBytes * Math.max(1, other.transferBytes);
  if (share !== 0) return share;
  if (one.usefulBytes !== other.usefulBytes) return other.usefulBytes - one.usefulBytes;
  return one.pack.key < other.pack.key ? -1 : 1;
}
