import { formatProcessName } from '../process/process-identity.ts';
import { randomDigits } from '../short-hash.ts';

/**
 * A path beside a lock for what is there for a moment. Its name tells whose it is, should that process be killed; see
 * `leftovers.ts`.
 */
export function createTemporaryPathBeside(lockFile: string): string {
  return `${lockFile}.${formatProcessName()}.${randomDigits()}.tmp`;
}
