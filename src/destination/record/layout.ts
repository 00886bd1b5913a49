import { findPathProblem, isBucketName } from '../../bucket/safe-path.ts';
import { TfcacheError } from '../../platform/error.ts';

/** The bucket whose files stand at the top of a destination. */
const MAIN_BUCKET = 'tensorflow';

/** What tfcache keeps at the top of a destination for itself; every other name that begins with `@` is a bucket's. */
export const RECORD_NAME = '@tfcache.json';
export const TEMPORARY_FOLDER = '@tfcache.tmp';
export const CHANGED_FOLDER = '@tfcache.changed';
const VIEWS_FOLDER = '@views';

const RESERVED = new Set([RECORD_NAME, TEMPORARY_FOLDER, CHANGED_FOLDER, VIEWS_FOLDER]);

/**
 * Where a file of a bucket stands in a destination, relative to it, `/` between names: those of the bucket `tensorflow` as
 * they stand in the bucket, those of another under `@BUCKET/`.
 *
 * @throws TfcacheError `usage` for a path that leads outside or takes a name that is tfcache's own.
 */
export function placeInDestination({ bucket, path }: { bucket: string; path: string }): string {
  const problem = findPathProblem(path) ?? findNameProblem(bucket, path);
  if (problem === undefined) return bucket === MAIN_BUCKET ? path : `@${bucket}/${path}`;
  throw new TfcacheError('name-unsupported', `A file cannot be published: ${problem}.`, {
    where: `bucket ${JSON.stringify(bucket)}, path ${JSON.stringify(path)}`,
    hint: 'Leave it out with a filter or a narrower request; if the mirror really holds such a name, tell whoever runs it.',
  });
}

function findNameProblem(bucket: string, path: string): string | undefined {
  if (bucket !== MAIN_BUCKET) {
    if (!isBucketName(bucket)) return 'this is not the name of a bucket';
    return RESERVED.has(`@${bucket.toLowerCase()}`)
      ? `the folder @${bucket} is tfcache's own`
      : undefined;
  }
  return path.startsWith('@')
    ? 'names that begin with @ at the top of a destination are tfcache’s own'
    : undefined;
}

/** The folders a path stands in, outermost first: `a/b/c` gives `a`, `a/b`. */
export function listParentFolders(place: string): string[] {
  const folders: string[] = [];
  for (let at = place.indexOf('/'); at !== -1; at = place.indexOf('/', at + 1)) {
    folders.push(place.slice(0, at));
  }
  return folders;
}
