import { type Destination, openDestination } from '../../destination/destination.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../platform/log.ts';
import { describeChangedObject } from '../../store/objects/object-change.ts';
import { openStore } from '../../store/open-store.ts';
import type { Lease, Store } from '../../store/store.ts';
import { type FetchedFile, toVerifiedFile } from '../fetch/fetched.ts';
import { tryAcquireLease } from '../publish/lease.ts';
import type { LocalLookup, PlannedFile } from './plan.ts';

/** The sources of this machine: destination and store. The store is opened on demand. */
export interface LocalSources {
  readonly lookup: LocalLookup;
  readonly destination: Destination;
  getStore(): Store;
  /** The store; undefined if it was not opened. */
  readonly openedStore: Store | undefined;
  /** Records which objects the run uses. Until then, clean-ups of the store wait. */
  markUsed(sha256s: Iterable<string>): void;
  /** Releases the lease on the store. */
  close(): void;
}

export function openLocalSources(inputs: Inputs, log: Log): LocalSources {
  const destination = openDestination(inputs.path, log);
  let opened: Store | undefined;
  let lease: Lease | undefined;
  const getStore = (): Store => {
    if (opened !== undefined) return opened;
    opened = openStore(inputs.store.folder, {
      log,
      // A dry run creates nothing.
      missing: inputs.lookupOnly ? 'leave' : 'make',
      onChanged: (changed) =>
        log.warning(describeChangedObject(changed, destination.findPlacesByInode(changed.ino))),
    });
    // The store of a job is not cleaned, and a dry run uses no objects.
    if (inputs.store.lifetime === 'persistent' && !inputs.lookupOnly) {
      lease = tryAcquireLease(opened, log);
    }
    return opened;
  };
  return {
    destination,
    getStore,
    get openedStore() {
      return opened;
    },
    markUsed: (sha256s) => lease?.narrow(sha256s),
    close() {
      lease?.release();
      lease = undefined;
    },
    lookup: {
      findInDestination: (file) => destination.findInPlace(file),
      findRemembered: (file) => getStore().find(file),
      findObject: (sha256, size) => getStore().findObjectName(sha256, size),
      findObjectSize: (sha256) => getStore().sizeOf(sha256),
    },
  };
}

/** Returns the files of local sources as fetched ones. */
export function toFetchedFiles(local: readonly PlannedFile[]): FetchedFile[] {
  return local.flatMap((planned) =>
    planned.sha256 === undefined
      ? []
      : [
          {
            planned,
            verified: toVerifiedFile(planned, planned.sha256, planned.file.size),
            source: planned.source,
            origin: undefined,
          },
        ],
  );
}
