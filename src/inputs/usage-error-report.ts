import { toErrorReport } from '../report/error-report.ts';
import type { Report } from '../report/report.ts';

/** Creates the report of a run that did not begin because an input is not valid. */
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
