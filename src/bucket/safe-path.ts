/** Longest name that common file systems take, in bytes. */
const LONGEST_NAME = 255;
/** PATH_MAX of Linux, without the room that the folder in front of it needs. */
const LONGEST_PATH = 3500;

/**
 * Why a path of a bucket cannot be used as a path below a folder of ours, undefined when it can. Paths come from mirrors,
 * caches and lock files; none of them may lead outside.
 *
 * @param path relative to the bucket's root, `/` between names.
 */
export function findPathProblem(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/')) return 'it is absolute';
  if (path.includes('\0')) return 'it holds a NUL character';
  if (!path.isWellFormed()) return 'it holds half of a character (a lone surrogate)';
  if (path.length > LONGEST_PATH) return 'it is too long';
  // Not split: this is asked of each of a hundred thousand files.
  for (let start = 0, end = 0; end !== -1; start = end + 1) {
    end = path.indexOf('/', start);
    const problem = findNameProblem(path, start, end === -1 ? path.length : end);
    if (problem !== undefined) return problem;
  }
  return process.platform === 'win32' ? findWindowsProblem(path) : undefined;
}

/** Why the name from `start` to before `end` cannot be one. */
function findNameProblem(path: string, start: number, end: number): string | undefined {
  const length = end - start;
  if (length === 0) return 'it holds an empty name (two slashes, or one at the end)';
  if (length <= 2 && path.startsWith('.', start) && path.endsWith('.', end)) {
    return `it holds the name "${path.slice(start, end)}"`;
  }
  // One character is three bytes of UTF-8 at most.
  if (length * 3 <= LONGEST_NAME) return undefined;
  return Buffer.byteLength(path.slice(start, end)) > LONGEST_NAME
    ? `a name in it is longer than ${LONGEST_NAME} bytes`
    : undefined;
}

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
function findWindowsProblem(path: string): string | undefined {
  if (/[\\:*?"<>|]/.test(path)) return 'it holds a character that Windows does not allow in names';
  if (/[ .](\/|$)/.test(path)) return 'a name in it ends in a space or a dot, which Windows drops';
  if (/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i.test(path)) {
    return 'a name in it is reserved by Windows';
  }
  return undefined;
}

/**
 * Whether this can be the name of a bucket: letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
 * https://cloud.google.com/storage/docs/buckets#naming
 */
export function isBucketName(bucket: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,221}$/i.test(bucket) && !bucket.endsWith('.');
}
