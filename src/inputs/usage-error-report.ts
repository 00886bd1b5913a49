import { toErrorReport } from '../report/error-report.ts';
import type { Report } from '../report/report.ts';

/** The report of a run that ended before it began, because what it was told is wrong. */
export function createUsageErrorReport(error: unknown): Report {
  return {
    version: 1,
    outcome: 'failed',
    cacheHit: false,
    path: '',
    bytes: { 'in-place': 0, store: 0, cache: 0, mirror: 0 },
    artifacts: [],
    mirror: '',
    lockDigest: '',
    lockFile: '',
    lockChanges: [],
    spaceNeeded: undefined,
    warnings: [],
    refused: [],
    steps: [],
    error: toErrorReport(error),
  };
}
