import { type Destination, openDestination } from '../destination/destination.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Log } from '../log.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import { type Fetched, verifiedFile } from './fetched.ts';
import type { Nearby, PlannedFile } from './plan.ts';

/** What this machine has already. Nothing is opened before it is asked for. */
export interface NearbyPlaces {
  readonly known: Nearby;
  readonly destination: Destination;
  store(): Store;
}

export function lookNearby(inputs: Inputs, log: Log): NearbyPlaces {
  let opened: Store | undefined;
  const store = (): Store => {
    opened ??= openStore(inputs.store.folder, { log });
    return opened;
  };
  const destination = openDestination(inputs.path, log);
  return {
    destination,
    store,
    known: {
      inPlace: (file) => destination.inPlace(file),
      remembered: ({ bucket, path, size, mtime }) =>
        mtime === undefined ? undefined : store().find(bucket, path, size, mtime),
      stored: (sha256, size) => store().objectPath(sha256, size) !== undefined,
    },
  };
}

/** What is near needs no fetching: it is here by being planned. */
export function takeNear(near: readonly PlannedFile[]): Fetched[] {
  return near.flatMap((planned) =>
    planned.sha256 === undefined
      ? []
      : [
          {
            planned,
            verified: verifiedFile(planned, planned.sha256, planned.file.size),
            source: planned.source,
            origin: undefined,
          },
        ],
  );
}
