import type { FolderListing, ListedFile } from '../file.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { Listing } from '../request/request.ts';

interface Question {
  folder: string;
  answer: (listing: FolderListing) => void;
  fail: (error: unknown) => void;
}

/**
 * What a mirror lists, remembered for the run. Folders asked for in the same turn, by whichever request, go out as one
 * question: with rsync each question costs a connection.
 */
export function createListing(
  mirrorFor: (bucket: string) => Mirror,
  signal: AbortSignal,
): Listing & { readonly asked: ReadonlySet<Mirror> } {
  const answers = new Map<string, Promise<FolderListing>>();
  const trees = new Map<string, Promise<ListedFile[]>>();
  const waiting = new Map<string, Question[]>();
  const asked = new Set<Mirror>();
  // One connection to a mirror at a time.
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function ask(bucket: string): Promise<void> {
    const questions = waiting.get(bucket) ?? [];
    waiting.delete(bucket);
    if (questions.length === 0) return;
    try {
      const mirror = mirrorFor(bucket);
      asked.add(mirror);
      const listings = await mirror.listFolders(
        bucket,
        questions.map((question) => question.folder),
        signal,
      );
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
      const queue = waiting.get(bucket) ?? [];
      queue.push({ folder: path, answer: resolve, fail: reject });
      waiting.set(bucket, queue);
      if (queue.length === 1) setImmediate(() => inTurn(() => ask(bucket)));
    });
    answers.set(key, answer);
    return answer;
  }

  return {
    asked,
    folders: (bucket, folders) => Promise.all(folders.map((path) => folder(bucket, path))),
    tree(bucket, path) {
      const key = `${bucket}\0${path}`;
      const known = trees.get(key);
      if (known !== undefined) return known;
      const tree = inTurn(() => {
        const mirror = mirrorFor(bucket);
        asked.add(mirror);
        return mirror.listTree(bucket, path, signal);
      });
      trees.set(key, tree);
      return tree;
    },
    where: (bucket) => mirrorFor(bucket).url.replaceAll('{bucket}', bucket),
  };
}
