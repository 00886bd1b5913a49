import { getErrorMessage, TfcacheError } from '../error.ts';

/** Returns the code of a system call's error, for example `ENOENT`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Returns true if a system call failed because the disk is full or the quota is used up. */
export function isDiskFullError(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Returns true if a system call failed because writing is not permitted: a read-only file system, another user's folder. */
export function isPermissionError(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '');
}

/**
 * Creates the error for a failed system call.
 *
 * @param action completes "Could not …": `add a file to the store`.
 * @param where the file or folder.
 */
export function fileError(action: string, where: string, error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const code = errorCode(error);
  const details = { where, cause: error, found: getErrorMessage(error) };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new TfcacheError(
        'disk-full',
        `Could not ${action}: the ${code === 'ENOSPC' ? 'file system is full' : 'disk quota is used up'}.`,
        {
          ...details,
          hint: 'Free space there (df -h and df -i show bytes and inodes), or set store and path to folders of a larger file system. Make a store smaller with tfcache store gc --max-size SIZE.\nDownloaded files are kept, and the next run resumes.',
        },
      );
    case 'EROFS':
      return new TfcacheError(
        'read-only-file-system',
        `Could not ${action}: the file system is read-only.`,
        {
          ...details,
          hint: 'Use a folder on a writable file system, or mount this one read-write.',
        },
      );
    case 'EACCES':
    case 'EPERM':
      return new TfcacheError('permission-denied', `Could not ${action}: permission denied.`, {
        ...details,
        hint: `Give the user that runs this job ${describeUser()}write access there, or use another folder.`,
      });
    case 'EXDEV':
      return new TfcacheError('file-error', `Could not ${action}: it is on another file system.`, {
        ...details,
        hint: 'Remove the mount point below that folder: files are renamed into place, which does not work across file systems.',
      });
    case 'EMFILE':
    case 'ENFILE':
      return new TfcacheError('file-error', `Could not ${action}: too many open files.`, {
        ...details,
        hint: 'Raise the limit of open files (ulimit -n).',
      });
    case 'ENOENT':
      return new TfcacheError('file-error', `Could not ${action}: it does not exist (any more).`, {
        ...details,
        hint: 'Run again. If it happens again, find out what deletes files in that folder while tfcache runs.',
      });
    default:
      return new TfcacheError(
        'file-error',
        `Could not ${action}: the operating system refused it.`,
        {
          ...details,
          hint: 'Correct the cause that the operating system gives, and run again.',
        },
      );
  }
}

function describeUser(): string {
  const uid = process.getuid?.();
  return uid === undefined ? '' : `(uid ${uid}) `;
}
