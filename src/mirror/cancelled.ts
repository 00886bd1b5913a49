import { TfcacheError } from '../platform/error.ts';

/** @throws TfcacheError `failed` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw createCancelledError(signal);
}

export function createCancelledError(signal: AbortSignal | undefined): TfcacheError {
  return new TfcacheError('transfer-cancelled', 'The transfer was cancelled.', {
    cause: signal?.reason,
    hint: 'What arrived is kept in the store: the next run goes on from it.',
  });
}
