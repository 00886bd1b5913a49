import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as core from '@actions/core';
import { describeError } from '../platform/error.ts';
import { serializeReport } from '../report/json.ts';
import type { Report } from '../report/report.ts';
import { listReportFiles } from '../report/totals.ts';
import { actionLog } from './log.ts';

/** The outputs of the contract; a test compares action.yml with them. */
export const OUTPUT_NAMES = [
  'cache-hit',
  'path',
  'files',
  'bytes-from-store',
  'bytes-from-cache',
  'bytes-from-mirror',
  'mirror',
  'lock-digest',
  'lock-changed',
  'report',
] as const;

type Outputs = Record<(typeof OUTPUT_NAMES)[number], string>;

/** Writes the JSON report below `temporary` and sets every output, also for a step that failed. */
export function writeOutputs(report: Report, temporary: string): void {
  const file = tryWriteReport(report, temporary);
  for (const [name, value] of Object.entries(toOutputs(report, file))) core.setOutput(name, value);
}

/** The report's path; empty when it cannot be written, on a full disk for example. */
function tryWriteReport(report: Report, temporary: string): string {
  const file = join(temporary, 'tfcache', `report-${randomUUID()}.json`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, serializeReport(report));
    return file;
  } catch (error) {
    actionLog.warning(`The JSON report was not written: ${describeError(error)}`);
    return '';
  }
}

/** The outputs that a report gives. Files are counted once, though several artifacts may hold one. */
export function toOutputs(report: Report, file: string): Outputs {
  return {
    'cache-hit': String(report.cacheHit),
    path: report.path,
    files: String(listReportFiles(report).length),
    'bytes-from-store': String(report.bytes.store),
    'bytes-from-cache': String(report.bytes.cache),
    'bytes-from-mirror': String(report.bytes.mirror),
    mirror: report.mirror,
    'lock-digest': report.lockDigest,
    'lock-changed': String(report.lockChanges.length > 0),
    report: file,
  };
}
