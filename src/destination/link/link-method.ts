import { constants, copyFileSync, linkSync, rmSync } from 'node:fs';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { LinkMethod, LinkMode } from '../../store/store.ts';

/** What a system says when it cannot link or clone here, as opposed to something being wrong. */
const NOT_HERE = new Set([
  'ENOTSUP',
  'EOPNOTSUPP',
  'EXDEV',
  'EINVAL',
  'ENOSYS',
  'ENOTTY',
  'EPERM',
  'EACCES',
]);

/** Whether the system says that this way of linking cannot work here. */
export function isLinkMethodUnsupported(error: unknown): boolean {
  return NOT_HERE.has(errorCode(error) ?? '');
}

/**
 * Whether a hard link to this one object cannot be made, though links to others can: a file system bears only so many of one
 * file (65,000 on ext4), and where `fs.protected_hardlinks` is 1 (proc(5)), nobody links to a file of another user that they
 * may not write to.
 */
export function isObjectLinkRefused(error: unknown): boolean {
  return ['EMLINK', 'EPERM', 'EACCES'].includes(errorCode(error) ?? '');
}

/**
 * Finds out how an object can get to another place, by trying: a clone costs nothing and can be written to, a hard link costs
 * nothing and cannot, a copy always works.
 *
 * @param draft a path that may be written to.
 * @throws TfcacheError `usage` when the method that was asked for cannot work here.
 */
export function chooseLinkMethod(mode: LinkMode, sample: string, draft: string): LinkMethod {
  const methods: readonly LinkMethod[] = mode === 'auto' ? ['reflink', 'hardlink'] : [mode];
  for (const method of methods) {
    if (method === 'copy') return method;
    try {
      if (method === 'reflink') copyFileSync(sample, draft, constants.COPYFILE_FICLONE_FORCE);
      else linkSync(sample, draft);
      return method;
    } catch (error) {
      // This one object has as many links as it can bear; others have not.
      if (errorCode(error) === 'EMLINK') return method;
      if (!isLinkMethodUnsupported(error)) {
        throw fileError('link from the store into the destination', draft, error);
      }
      if (mode !== 'auto') throw cannotWork(method, sample, draft, error);
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return 'copy';
}

/** `link` is `hardlink`, and the system does not let this user link to an object. */
export function linkNotPermittedError(object: string, error: unknown): TfcacheError {
  return new TfcacheError(
    'permission-denied',
    'Not permitted to make a hard link to a file of the store.',
    {
      where: object,
      found: getErrorMessage(error),
      hint: 'It may belong to another user: where the setting fs.protected_hardlinks is 1, only own files can be linked to. Set link to auto, which copies such files, or name a store of your own.',
      cause: error,
    },
  );
}

function cannotWork(
  method: LinkMethod,
  object: string,
  draft: string,
  error: unknown,
): TfcacheError {
  const code = errorCode(error);
  if (method === 'hardlink' && code === 'EPERM') return linkNotPermittedError(object, error);
  const across = code === 'EXDEV';
  return new TfcacheError(
    'link-unsupported',
    `link is ${method}, and that cannot work here: ${across ? 'store and path are on different file systems' : 'the file system cannot do it'}.`,
    {
      where: `from ${object} to ${draft}`,
      found: getErrorMessage(error),
      hint: across
        ? 'Put store and path on one file system, or set link to auto or copy.'
        : `Set link to auto${method === 'reflink' ? ' (Btrfs, XFS and APFS can clone; ext4 cannot)' : ''}.`,
      cause: error,
    },
  );
}
