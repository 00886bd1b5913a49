import { constants, copyFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { RecordEntry } from '../destination/destination-file.ts';
import { placeInDestination } from '../destination/record/layout.ts';
import { readDestinationRecord } from '../destination/record/record.ts';
import { type InputContext, parsePathAndStore } from '../inputs/parse.ts';
import { getErrorMessage, TfcacheError } from '../platform/error.ts';
import { HASH_BUFFER_BYTES, hashFileSync } from '../platform/hashing/hash-file.ts';
import { withScratchFolder } from '../pull/fetch/scratch-folder.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { listJobDestinations } from './destinations.ts';
import { getRunnerContext, readInputs } from './inputs.ts';
import { actionLog } from './log.ts';
import type { PendingSave } from './save-new.ts';

/**
 * What the sub-action `save` has to save: everything that tfcache's record of the destination names and that still has
 * the bytes it had. What the store lacks (another job's store, say) is taken into it from the destination.
 */
export async function collectFilesToSave(): Promise<PendingSave> {
  const context = getRunnerContext();
  const { path, cache, cacheKeyPrefix, store } = await parsePathAndStore(readInputs(), context);
  if (cache === 'none') return { nothing: 'Nothing is saved: no cache is used.' };
  const entries = [...readDestinationRecord(path, actionLog).entries.values()]
    .flat()
    // Without these the run that was putting the file there did not come to its end.
    .filter((entry) => entry.mtimeNs !== undefined);
  const used = listJobDestinations(context.temporaryFolder, actionLog);
  const elsewhere =
    used.length > 0 && !used.includes(path) ? describeOtherPath(path, used, context) : '';
  if (entries.length === 0) {
    const nothing = `Nothing new to save: tfcache has published nothing at ${path}.`;
    return elsewhere === '' ? { nothing } : { nothing: '', warning: elsewhere };
  }
  // What an earlier job left there is saved all the same.
  if (elsewhere !== '') actionLog.warning(elsewhere);
  const files = await addMissingToStore(openStore(store.folder, { log: actionLog }), path, entries);
  const plain = files.map(({ bucket, path, size, mtime, etag, sha256 }) => ({
    bucket,
    path,
    size,
    mtime,
    ...(etag === undefined ? {} : { etag }),
    sha256,
  }));
  return {
    version: 1,
    cache,
    cacheKeyPrefix,
    store: store.folder,
    files: plain,
    offeredCount: 0,
    wasCacheDown: false,
    // The record does not tell which request a file was for.
    artifacts: [],
    evicted: [],
    poisoned: [],
  };
}

/** The step names another destination than the steps before it: most likely, `path` was given to them alone. */
function describeOtherPath(
  path: string,
  used: readonly string[],
  { workspace }: InputContext,
): string {
  const short = (one: string) => {
    const inside = relative(workspace, one);
    return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? one : inside;
  };
  const names = used.map(short);
  return `Not saved: this job published nothing at ${short(path)}. It published at ${names.join(', ')}: set path: ${names[0]} in the step that saves.`;
}

/** The entries whose content the store has, or has now. */
async function addMissingToStore(
  store: Store,
  destination: string,
  entries: RecordEntry[],
): Promise<RecordEntry[]> {
  const there = (entry: RecordEntry) => store.objectPath(entry.sha256, entry.size) !== undefined;
  if (entries.every(there)) return entries;
  const buffer = new Uint8Array(HASH_BUFFER_BYTES);
  return withScratchFolder(store, async (scratch) =>
    entries.filter((entry) => {
      if (there(entry)) return true;
      try {
        const from = join(destination, placeInDestination(entry));
        copyToStore(store, from, join(scratch, entry.sha256), entry, buffer);
        return true;
      } catch (error) {
        const reason = getErrorMessage(error);
        actionLog.warning(`Not saved: ${placeInDestination(entry)}: ${reason}`);
        return false;
      }
    }),
  );
}

function copyToStore(
  store: Store,
  from: string,
  to: string,
  entry: RecordEntry,
  buffer: Uint8Array,
): void {
  // A copy of our own first, so that what is hashed is what is kept.
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  const digest = hashFileSync(to, buffer);
  if (digest.sha256 !== entry.sha256) {
    throw new TfcacheError(
      'checksum-mismatch',
      `it has sha256 ${digest.sha256}, not ${entry.sha256} as tfcache put it there`,
    );
  }
  store.add(to, digest);
}
