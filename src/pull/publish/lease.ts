import { describeError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Lease, Store } from '../../store/store.ts';

/** The lease of a run. A store that may only be read can be used, but nobody can be told so. */
export function acquireLease(store: Store, log: Log): Lease | undefined {
  try {
    return store.lease();
  } catch (error) {
    log.debug(`The use of the store could not be noted: ${describeError(error)}`);
    return undefined;
  }
}
