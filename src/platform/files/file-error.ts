import { getErrorMessage, TfcacheError } from '../error.ts';

/** The code of a system call's error (`ENOENT`), undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a system call failed because the disk is full, or the quota used up. */
export function isDiskFullError(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Whether a system call failed because nothing may be written there: a read-only file system, another user's folder. */
export function isPermissionError(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '');
}

/**
 * A failed system call as an error for people.
 *
 * @param action what was being done, as the end of "Could not …": `take a file into the store`.
 * @param where the file or folder.
 */
export function fileError(action: string, where: string, error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const code = errorCode(error);
  const details = {
    where,
    cause: error,
    found: getErrorMessage(error),
  };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new TfcacheError(
        'no-space',
        `Could not ${action}: ${code === 'ENOSPC' ? 'the file system is full' : 'the disk quota is used up'}.`,
        {
          ...details,
          hint: 'Free space there (df -h and df -i tell what is short: bytes or inodes), or name a store and a path on a larger file system. A store is made smaller by tfcache store gc --max-size SIZE.\nWhat was already fetched is kept; the next run goes on from it.',
        },
      );
    case 'EROFS':
      return new TfcacheError('failed', `Could not ${action}: the file system is read-only.`, {
        ...details,
        hint: 'Name a folder on a file system that can be written, or mount this one read-write.',
      });
    case 'EACCES':
    case 'EPERM':
      return new TfcacheError('failed', `Could not ${action}: not permitted.`, {
        ...details,
        hint: `Give the user that runs this job ${describeUser()}write access there, or name another folder.`,
      });
    case 'EXDEV':
      return new TfcacheError('failed', `Could not ${action}: it is on another file system.`, {
        ...details,
        hint: 'Files move into place by renaming, which cannot cross file systems: keep no mount point below that folder.',
      });
    case 'EMFILE':
    case 'ENFILE':
      return new TfcacheError('failed', `Could not ${action}: too many open files.`, {
        ...details,
        hint: 'Raise the limit of open files (ulimit -n).',
      });
    case 'ENOENT':
      return new TfcacheError('failed', `Could not ${action}: it is not there (any more).`, {
        ...details,
        hint: 'Something else removed it while tfcache ran. Run again; if it happens again, find out what cleans that folder.',
      });
    default:
      return new TfcacheError('failed', `Could not ${action}.`, {
        ...details,
        hint: 'The operating system refused it for the reason given. Put that right and run again.',
      });
  }
}

function describeUser(): string {
  const uid = process.getuid?.();
  return uid === undefined ? '' : `(uid ${uid}) `;
}
