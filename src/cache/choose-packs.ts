import type { Pack } from './cache.ts';

interface Candidate {
  pack: Pack;
  /** Bytes of the pack that are wanted and that no chosen pack holds. */
  usefulBytes: number;
  /** Bytes that a fetch of the pack transfers: the sum of its contents, since `Pack.size` may be wrong. */
  transferBytes: number;
}

/**
 * Chooses the packs to fetch for the wanted contents (sha256). Greedy: first the pack with the largest share of wanted
 * bytes, then the best pack for what is still missing. Never chooses a pack without a wanted content, and skips contents
 * that are in no pack.
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
    // A pack's useful bytes only shrink as others are chosen, so the first one that still sorts first is the best.
    const updated = measureCandidate(first.pack, missing);
    if (updated === undefined) continue;
    const next = candidates[0];
    if (next === undefined || compareCandidates(updated, next) <= 0) {
      chosen.push(updated.pack);
      for (const { sha256 } of updated.pack.contents) missing.delete(sha256);
    } else {
      candidates.splice(findInsertionIndex(updated, candidates), 0, updated);
    }
  }
  return chosen;
}

/** Returns where a candidate belongs in a sorted list. Sorting thousands of packs again for each choice would take seconds. */
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
  let usefulBytes = 0;
  let transferBytes = 0;
  let hitCount = 0;
  for (const { sha256, size } of pack.contents) {
    transferBytes += size;
    if (!missing.has(sha256)) continue;
    usefulBytes += size;
    hitCount += 1;
  }
  return hitCount === 0 ? undefined : { pack, usefulBytes, transferBytes };
}

/** Sorts by the share of useful bytes, then by their number, then by key, so that the choice is deterministic. */
function compareCandidates(one: Candidate, other: Candidate): number {
  const share =
    other.usefulBytes * Math.max(1, one.transferBytes) -
    one.usefulBytes * Math.max(1, other.transferBytes);
  if (share !== 0) return share;
  if (one.usefulBytes !== other.usefulBytes) return other.usefulBytes - one.usefulBytes;
  return one.pack.key < other.pack.key ? -1 : 1;
}
