import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TfcacheError } from '../platform/error.ts';
import { fileError } from '../platform/files/file-error.ts';
import { makeFolders } from '../platform/files/make-folders.ts';
import { makeTemporaryFolder } from '../platform/files/temporary-folder.ts';
import type { LockWaitOptions } from '../platform/lock/lock-wait.ts';
import type { Log } from '../platform/log.ts';
import { createPathIndex } from './index/path-index.ts';
import { acquireLease } from './leases/leases.ts';
import { createLinkMethodMemory } from './link-method-memory.ts';
import { SCRATCH_PREFIX } from './maintenance/remove-abandoned-files.ts';
import { touchObjects } from './objects/last-use.ts';
import { type ChangedObject, describeChangedObject } from './objects/object-change.ts';
import { createObjects } from './objects/objects.ts';
import type { Lease, Store } from './store.ts';

export interface StoreOptions {
  log: Log;
  /** Told of each object that was changed behind the store's back; without it, the log is. */
  onChanged?: (changed: ChangedObject) => void;
  /** What to do when there is no store in the folder yet: it is made unless told otherwise; left alone, it holds nothing. */
  missing?: 'make' | 'refuse' | 'leave';
}

/** The format's version is the folder's name: another format is another folder, and neither harms the other. */
export const STORE_VERSION = 'v1';

/** Returns the folder of a store that records the use of public hosts, for the rate limit of all jobs that share the store. */
export function getHostsFolder(store: string): string {
  return join(store, STORE_VERSION, 'hosts');
}

/**
 * Opens the store in a folder, and makes it if it is not there. Any number of processes may have it open at once, on one
 * machine or on a shared file system, and each may be killed at any moment.
 *
 * ```
 * v1/objects/3f/SHA256.SIZE.MTIME-NS.INO   content, read-only; the name says what it was when it was verified
 * v1/index/00 … ff                         which path had which content; lines with checksums, only appended to
 * v1/staging/NAME/                         what is being fetched; stays when a run is killed
 * v1/scratch-PROCESS/                      what a process puts aside for a moment
 * v1/locks/NAME/                          whose turn it is in that staging folder, or at something else
 * v1/claims/NAME/N                        who fetches what into staging/NAME-N/
 * v1/leases/ID                             what a running job is going to use
 * v1/methods/                              whether clones or hard links work from here to another file system
 * v1/clock                                 touched to learn what time it is for the file system
 * v1/quarantine/                           objects that were changed behind the store's back
 * ```
 *
 * @throws TfcacheError `failed` when the folder cannot be used or was made by a newer tfcache, `no-space` on a full disk.
 */
export function openStore(folder: string, options: StoreOptions): Store {
  const { log, onChanged } = options;
  const root = resolve(folder);
  const version = join(root, STORE_VERSION);
  const objectsFolder = join(version, 'objects');
  try {
    if (!existsSync(objectsFolder)) {
      refuseNewer(root);
      if (options.missing === 'refuse') throw noStoreError(root);
      if (options.missing !== 'leave') makeStore(root, objectsFolder);
    }
  } catch (error) {
    throw fileError('open the store', root, error);
  }
  const index = createPathIndex(join(version, 'index'), log);
  const objects = createObjects({
    folder: objectsFolder,
    quarantine: join(version, 'quarantine'),
    onChanged: onChanged ?? ((changed) => log.warning(describeChangedObject(changed))),
    onUnusable: (object, why) =>
      log.warning(`${object}, an object of the store, is passed over: ${why}.`),
  });
  let lease: Lease | undefined;
  return {
    folder: root,
    objectPath: objects.path,
    sizeOf: objects.sizeOf,
    findObjectName: objects.soundName,
    pathOf: objects.pathOf,
    quarantine: objects.takeOut,
    add: objects.add,
    find: index.find,
    previous(bucket, path) {
      for (const { sha256, size } of index.previous(bucket, path)) {
        const object = objects.path(sha256, size);
        if (object !== undefined) return object;
      }
      return undefined;
    },
    remember: index.remember,
    touch: touchObjects,
    stage: (name, waiting = {}) => acquireStaging(version, name, waiting, index.flush),
    makeScratchFolder() {
      try {
        return makeTemporaryFolder(version, SCRATCH_PREFIX);
      } catch (error) {
        throw fileError('make a folder in the store', version, error);
      }
    },
    async claim(name, keys) {
      const { claimKeys } = await import('./claims/claims.ts');
      return claimKeys(version, name, keys, index.flush);
    },
    async removeFinishedClaims(name, here) {
      if (!existsSync(join(version, 'claims'))) return;
      const { removeFinishedClaims } = await import('./claims/claims.ts');
      await removeFinishedClaims(version, name, here);
    },
    linkMethods: createLinkMethodMemory(version),
    lease() {
      lease = acquireLease(version);
      return lease;
    },
    keepInLease(contents) {
      const there = contents.filter(({ sha256, size }) => objects.path(sha256, size));
      if (there.length === 0) return there;
      lease?.add(there.map(({ sha256 }) => sha256));
      // Once more: until they were held, a clean-up could remove them.
      return there.filter(({ sha256, size }) => objects.path(sha256, size));
    },
  };
}

function makeStore(root: string, objectsFolder: string): void {
  makeFolders(objectsFolder);
  // Backup and clean-up programs know it: https://bford.info/cachedir/
  writeFileSync(join(root, 'CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55\n');
}

/** Loaded when something must be fetched: a run that has everything in place does not pay for it. */
async function acquireStaging(
  version: string,
  name: string,
  waiting: LockWaitOptions,
  onRelease: () => void,
) {
  const staging = await import('./claims/staging.ts');
  return staging.acquireStaging(version, name, waiting, onRelease);
}

function noStoreError(root: string): TfcacheError {
  return new TfcacheError('store-missing', 'There is no store in this folder.', {
    where: root,
    hint: 'Name the folder that the jobs name as their store; the first pull makes it.',
  });
}

function refuseNewer(root: string): void {
  if (!existsSync(root)) return;
  const versions = readdirSync(root).filter((name) => /^v\d+$/.test(name));
  // Ours may be there without its folders: another process is making them just now, or was killed while it did.
  if (versions.length === 0 || versions.includes(STORE_VERSION)) return;
  throw new TfcacheError(
    'format-unsupported',
    'The store has a format that this tfcache does not know.',
    {
      where: root,
      expected: STORE_VERSION,
      found: versions.join(', '),
      hint: 'Use the tfcache that made it, or name another folder as the store.',
    },
  );
}
