import { compare, explain } from '@renovatebot/pep440';
import type { Specifier } from './specifier.ts';

/** Returns each version once, the oldest first. */
export function sortVersions(versions: Iterable<string>): string[] {
  return [...new Set(versions)].sort(compare);
}

/** Returns the first version that a specifier names, for suggestions near it. */
export function findAnchorVersion({ clauses }: Specifier): string | undefined {
  return clauses.find(({ version }) => version !== undefined)?.text;
}

/**
 * Returns the versions nearest to another one, the oldest first; without an anchor, the newest ones. Of two equally near
 * versions, the newer one is nearer.
 */
export function findNearestVersions(
  anchor: string | undefined,
  versions: Iterable<string>,
  count = 5,
): string[] {
  const newestFirst = sortVersions(versions).reverse();
  if (anchor === undefined) return sortVersions(newestFirst.slice(0, count));
  const nearestFirst = newestFirst
    .map((version) => ({ version, distance: distance(version, anchor) }))
    .sort((left, right) => left.distance - right.distance);
  return sortVersions(nearestFirst.slice(0, count).map(({ version }) => version));
}

/** Returns the version nearest to another one; without an anchor, the newest one. */
export function findNearestVersion(
  anchor: string | undefined,
  versions: Iterable<string>,
): string | undefined {
  return findNearestVersions(anchor, versions, 1)[0];
}

/** Weights of the numbers of a version: 2.16.0 is further from 2.15.0 than 2.15.9 is. */
const WEIGHTS = [1e9, 1e6, 1e3, 1];

function distance(left: string, right: string): number {
  const [a, b] = [explain(left), explain(right)];
  if (a === null || b === null) return Number.POSITIVE_INFINITY;
  const difference = WEIGHTS.reduce(
    (sum, weight, index) => sum + weight * ((a.release[index] ?? 0) - (b.release[index] ?? 0)),
    0,
  );
  return Math.abs(difference);
}
