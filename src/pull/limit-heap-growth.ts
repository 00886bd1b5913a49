import { setFlagsFromString } from 'node:v8';

/** Below this, what is saved is not worth a thought. */
const MIN_FILE_COUNT = 20_000;

/**
 * Keeps V8's young generation as small as it is now, when there are many files. Left to itself it doubles whenever much of it
 * is still in use, up to 64 MiB twice over; for a hundred thousand files that is a third of all memory, and they stay in use
 * for the whole run.
 */
export function limitHeapGrowth(files: number): void {
  if (files >= MIN_FILE_COUNT) setFlagsFromString('--semi-space-growth-factor=1');
}
