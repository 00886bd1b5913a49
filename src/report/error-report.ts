import { TfcacheError } from '../error.ts';
import type { ErrorReport } from './report.ts';

/** Returns an error as data. */
export function asErrorReport(error: unknown): ErrorReport {
  if (error instanceof TfcacheError) {
    const { code, message, where, expected, found, hint } = error;
    return { code, message, where, expected, found, hint };
  }
  return {
    code: 'failed',
    message: error instanceof Error ? error.message : String(error),
    where: undefined,
    expected: undefined,
    found: undefined,
    hint: undefined,
  };
}
