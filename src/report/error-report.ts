import { getErrorMessage, TfcacheError } from '../platform/error.ts';
import { maskSecrets } from '../platform/text/mask-secrets.ts';
import type { ErrorReport } from './report.ts';

/** Returns an error as data, without secrets. */
export function toErrorReport(error: unknown): ErrorReport {
  const { where, expected, found, hint } = error instanceof TfcacheError ? error : NO_DETAILS;
  return {
    code: error instanceof TfcacheError ? error.code : 'failed',
    reason: error instanceof TfcacheError ? error.reason : 'defect',
    message: maskSecrets(getErrorMessage(error)),
    where: maskOptional(where),
    expected: maskOptional(expected),
    found: maskOptional(found),
    hint: maskOptional(hint),
  };
}

const NO_DETAILS = { where: undefined, expected: undefined, found: undefined, hint: undefined };

function maskOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : maskSecrets(text);
}
