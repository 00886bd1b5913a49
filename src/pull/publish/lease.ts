import { describeError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Lease, Store } from '../../store/store.ts';

/** Acquires a lease for a run. Returns undefined for a read-only store: it can be used, but not leased. */
export function tryAcquireLease(store: Store, log: Log): Lease | undefined {
  try {
    return store.lease();
  } catch (error) {
    log.debug(`Could not acquire a lease on the store: ${describeError(error)}`);
    return undefined;
  }
}
