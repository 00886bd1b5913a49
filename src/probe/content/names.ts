import type { Names } from '../report/report.ts';

const MOST_NAMES = 100;

/** The first of them, and how many there are. */
export function cutNames(names: readonly string[]): Names {
  return { names: names.slice(0, MOST_NAMES), total: names.length };
}
