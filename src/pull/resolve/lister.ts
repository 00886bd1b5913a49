import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Lister } from '../../request/request.ts';
import { isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';

/** A folder that is not listed yet, and the promise of its listing. */
interface PendingFolder {
  folder: string;
  resolve: (listing: FolderListing) => void;
  reject: (error: unknown) => void;
}

/**
 * Creates a lister of one tier of mirrors. Tier 0 is the preferred mirror of each bucket, tier 1 the next one, and so on.
 * Folders that are requested in one turn of the event loop are listed in one call, because each call of rsync is a connection.
 */
export function createLister(mirrors: Mirrors, tier: number, signal: AbortSignal): Lister {
  const listings = new Map<string, Promise<FolderListing>>();
  const trees = new Map<string, Promise<readonly ListedFile[]>>();
  const pending = new Map<string, PendingFolder[]>();
  // One connection to a mirror at a time. The mirror of the package index is not the mirror of another bucket.
  const lastCalls = new Map<'index' | 'bucket', Promise<unknown>>();

  function runInOrder<T>(bucket: string, work: () => Promise<T>): Promise<T> {
    const key = bucket === INDEX_BUCKET ? 'index' : 'bucket';
    const call = (lastCalls.get(key) ?? Promise.resolve()).then(work);
    lastCalls.set(
      key,
      call.catch(() => undefined),
    );
    return call;
  }

  async function callMirror<T>(bucket: string, call: (mirror: Mirror) => Promise<T>): Promise<T> {
    const mirror = (await mirrors.openFor(bucket))[tier];
    if (mirror === undefined) {
      throw new TfcacheError('nothing-matched', `No other mirror serves the bucket ${bucket}.`);
    }
    const failure = mirrors.getFailure(mirror);
    if (failure !== undefined) throw failure;
    try {
      return await call(mirror);
    } catch (error) {
      if (error instanceof TfcacheError && isMirrorUnusable(error)) {
        mirrors.markUnusable(mirror, error);
      }
      throw error;
    }
  }

  async function listPendingFolders(bucket: string): Promise<void> {
    const requested = pending.get(bucket) ?? [];
    pending.delete(bucket);
    try {
      const folders = requested.map(({ folder }) => folder);
      const listed = await callMirror(bucket, async (mirror) => {
        const url = mirror.url.replaceAll('{bucket}', bucket);
        const answer = await mirror.listFolders(bucket, folders, signal);
        return answer.map((listing) => ({ ...listing, files: addOrigin(listing.files, url) }));
      });
      const byFolder = new Map(listed.map((listing) => [listing.folder, listing]));
      for (const { folder, resolve } of requested) {
        resolve(byFolder.get(folder) ?? { folder, exists: false, files: [], folders: [] });
      }
    } catch (error) {
      for (const { reject } of requested) reject(error);
    }
  }

  function listFolder(bucket: string, folder: string): Promise<FolderListing> {
    const key = `${bucket}\0${folder}`;
    const known = listings.get(key);
    if (known !== undefined) return known;
    const listing = new Promise<FolderListing>((resolve, reject) => {
      const queue = pending.get(bucket) ?? [];
      queue.push({ folder, resolve, reject });
      pending.set(bucket, queue);
      if (queue.length === 1) {
        setImmediate(() => runInOrder(bucket, () => listPendingFolders(bucket)));
      }
    });
    listings.set(key, listing);
    return listing;
  }

  function listTree(bucket: string, folder: string): Promise<readonly ListedFile[]> {
    const key = `${bucket}\0${folder}`;
    const known = trees.get(key);
    if (known !== undefined) return known;
    const tree = runInOrder(bucket, () =>
      callMirror(bucket, async (mirror) => {
        const files = await mirror.listTree(bucket, folder, signal);
        return addOrigin(files, mirror.url.replaceAll('{bucket}', bucket));
      }),
    );
    trees.set(key, tree);
    return tree;
  }

  return {
    listFolders: (bucket, folders) =>
      Promise.all(folders.map((folder) => listFolder(bucket, folder))),
    listTree,
    describeLocation: (bucket) => mirrors.describeUrls(bucket),
  };
}

/** Adds the URL of the mirror to its digests. If another mirror serves the file with other bytes, the error names both. */
function addOrigin(files: readonly ListedFile[], url: string): readonly ListedFile[] {
  return files.map((file) =>
    file.digests === undefined
      ? file
      : { ...file, digests: file.digests.map((digest) => ({ ...digest, from: url })) },
  );
}
