import { TfcacheError } from '../platform/error.ts';
import { maskSecrets } from '../platform/text/mask-secrets.ts';
import type { ErrorReport } from './report.ts';

/** Returns an error as data, without secrets. */
export function asErrorReport(error: unknown): ErrorReport {
  const { where, expected, found, hint } = error instanceof TfcacheError ? error : NO_DETAILS;
  return {
    code: error instanceof TfcacheError ? error.code : 'failed',
    message: maskSecrets(error instanceof Error ? error.message : String(error)),
    where: masked(where),
    expected: masked(expected),
    found: masked(found),
    hint: masked(hint),
  };
}

const NO_DETAILS = { where: undefined, expected: undefined, found: undefined, hint: undefined };

function masked(text: string | undefined): string | undefined {
  return text === undefined ? undefined : maskSecrets(text);
}
