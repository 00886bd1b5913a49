import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Lister } from '../../request/request.ts';
import { isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';

interface Question {
  folder: string;
  answer: (listing: FolderListing) => void;
  fail: (error: unknown) => void;
}

/**
 * What one tier of mirrors lists (tier 0: the preferred mirror of each bucket, tier 1: the next, …), remembered for the
 * run. Folders asked for in the same turn, by whichever request, go out as one question: with rsync each question costs
 * a connection.
 */
export function createLister(mirrors: Mirrors, tier: number, signal: AbortSignal): Lister {
  const answers = new Map<string, Promise<FolderListing>>();
  const trees = new Map<string, Promise<readonly ListedFile[]>>();
  const pending = new Map<string, Question[]>();
  // One connection to a mirror at a time; a package index is no other bucket's mirror.
  const last = new Map<'index' | 'bucket', Promise<unknown>>();

  function runInOrder<T>(bucket: string, work: () => Promise<T>): Promise<T> {
    const kind = bucket === INDEX_BUCKET ? 'index' : 'bucket';
    const turn = (last.get(kind) ?? Promise.resolve()).then(work);
    last.set(
      kind,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function askMirror<T>(
    bucket: string,
    question: (mirror: Mirror) => Promise<T>,
  ): Promise<T> {
    const mirror = (await mirrors.openFor(bucket))[tier];
    if (mirror === undefined) throw createNoMirrorLeftError(bucket);
    const givenUp = mirrors.getFailure(mirror);
    if (givenUp !== undefined) throw givenUp;
    try {
      return await question(mirror);
    } catch (error) {
      if (error instanceof TfcacheError && isMirrorUnusable(error))
        mirrors.markUnusable(mirror, error);
      throw error;
    }
  }

  async function listWaitingFolders(bucket: string): Promise<void> {
    const questions = pending.get(bucket) ?? [];
    pending.delete(bucket);
    try {
      const folders = questions.map((question) => question.folder);
      const listings = await askMirror(bucket, async (mirror) => {
        const listed = await mirror.listFolders(bucket, folders, signal);
        const url = mirror.url.replaceAll('{bucket}', bucket);
        return listed.map((listing) => ({ ...listing, files: addOrigin(listing.files, url) }));
      });
      const byFolder = new Map(listings.map((listing) => [listing.folder, listing]));
      for (const { folder, answer } of questions) {
        answer(byFolder.get(folder) ?? { folder, exists: false, files: [], folders: [] });
      }
    } catch (error) {
      for (const { fail } of questions) fail(error);
    }
  }

  function folder(bucket: string, path: string): Promise<FolderListing> {
    const key = `${bucket}\0${path}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = new Promise<FolderListing>((resolve, reject) => {
      const queue = pending.get(bucket) ?? [];
      queue.push({ folder: path, answer: resolve, fail: reject });
      pending.set(bucket, queue);
      if (queue.length === 1)
        setImmediate(() => runInOrder(bucket, () => listWaitingFolders(bucket)));
    });
    answers.set(key, answer);
    return answer;
  }

  return {
    listFolders: (bucket, folders) => Promise.all(folders.map((path) => folder(bucket, path))),
    listTree(bucket, path) {
      const key = `${bucket}\0${path}`;
      const known = trees.get(key);
      if (known !== undefined) return known;
      const tree = runInOrder(bucket, () =>
        askMirror(bucket, async (mirror) => {
          const files = await mirror.listTree(bucket, path, signal);
          return addOrigin(files, mirror.url.replaceAll('{bucket}', bucket));
        }),
      );
      trees.set(key, tree);
      return tree;
    },
    describeLocation: (bucket) => mirrors.describeUrls(bucket),
  };
}

/** Digests with the mirror that says so: when another one serves the file, both are named if they disagree. */
function addOrigin(files: readonly ListedFile[], from: string): readonly ListedFile[] {
  return files.map((file) =>
    file.digests === undefined
      ? file
      : { ...file, digests: file.digests.map((digest) => ({ ...digest, from })) },
  );
}

function createNoMirrorLeftError(bucket: string): TfcacheError {
  return new TfcacheError('nothing-matched', `No further mirror serves the bucket ${bucket}.`);
}
