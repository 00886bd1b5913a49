/** The limit of common file systems. */
const MAX_NAME_BYTES = 255;
/** PATH_MAX of Linux, minus room for the folder that contains the path. */
const MAX_PATH_LENGTH = 3500;

/**
 * Returns why a path of a bucket cannot be used as a path below a folder of tfcache; undefined if it can. Paths come from mirrors,
 * caches and lockfiles, and must not lead outside.
 *
 * @param path relative to the bucket's root, `/` between names.
 */
export function findPathProblem(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/')) return 'it is absolute';
  if (path.includes('\0')) return 'it holds a NUL character';
  if (!path.isWellFormed()) return 'it holds half of a character (a lone surrogate)';
  if (path.length > MAX_PATH_LENGTH) return 'it is too long';
  // Without splitting the path: this runs for each of a hundred thousand files.
  for (let start = 0, end = 0; end !== -1; start = end + 1) {
    end = path.indexOf('/', start);
    const problem = findNameProblem(path, start, end === -1 ? path.length : end);
    if (problem !== undefined) return problem;
  }
  return process.platform === 'win32' ? findWindowsProblem(path) : undefined;
}

/** Returns why the name from `start` to before `end` cannot be used. */
function findNameProblem(path: string, start: number, end: number): string | undefined {
  const length = end - start;
  if (length === 0) return 'it holds an empty name (two slashes, or one at the end)';
  if (length <= 2 && path.startsWith('.', start) && path.endsWith('.', end)) {
    return `it holds the name "${path.slice(start, end)}"`;
  }
  // One character is three bytes of UTF-8 at most.
  if (length * 3 <= MAX_NAME_BYTES) return undefined;
  return Buffer.byteLength(path.slice(start, end)) > MAX_NAME_BYTES
    ? `a name in it is longer than ${MAX_NAME_BYTES} bytes`
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
 * Returns true for a valid name of a bucket: letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
 * https://cloud.google.com/storage/docs/buckets#naming
 */
export function isBucketName(bucket: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,221}$/i.test(bucket) && !bucket.endsWith('.');
}
