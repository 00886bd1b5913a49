import { TfcacheError } from '../../src/platform/error.ts';

/** The TfcacheError that `work` throws; fails when it throws none or another. */
export function thrownBy(work: () => unknown): TfcacheError {
  try {
    work();
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The TfcacheError that a promise is rejected with; fails when it is not, or with another. */
export async function rejectionOf(promise: Promise<unknown>): Promise<TfcacheError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
