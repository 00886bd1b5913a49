import type { NameList } from '../report/report.ts';

const MAX_NAME_COUNT = 100;

/** The first of them, and how many there are. */
export function truncateNames(names: readonly string[]): NameList {
  return { names: names.slice(0, MAX_NAME_COUNT), total: names.length };
}
