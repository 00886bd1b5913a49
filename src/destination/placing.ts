import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TfcacheError } from '../error.ts';
import { errorCode, fileError } from '../store/file-error.ts';
import { makeFolders } from '../store/make-folders.ts';
import type { LinkMode } from '../store/types.ts';
import { TEMPORARY_FOLDER } from './layout.ts';

/** How files get from the store to a destination. */
export type PlacingMethod = Exclude<LinkMode, 'auto'>;

/** Files of this size and more are copied off the main thread, so that progress and signals are served meanwhile. */
const LARGE = 1024 * 1024;

/** What a system says when it cannot link or clone here, as opposed to something being wrong. */
const NOT_HERE = new Set([
  'ENOTSUP',
  'EOPNOTSUPP',
  'EXDEV',
  'EINVAL',
  'ENOSYS',
  'ENOTTY',
  'EPERM',
  'EMLINK',
  'EACCES',
]);

/** Puts objects of the store at their places, each at once. */
export interface Placing {
  readonly method: PlacingMethod;
  /** @param replace whether a file of ours stands at `target` and is to be replaced. */
  place(file: PlacedFile, replace: boolean): Promise<PlacingMethod>;
}

export interface PlacedFile {
  object: string;
  /** Absolute. */
  target: string;
  size: number;
  /** Seconds since the epoch. */
  mtime: number;
}

/**
 * Finds out how objects can get into the destination, by trying with one of them: a clone costs nothing and can be
 * written to, a hard link costs nothing and cannot, a copy always works.
 *
 * @throws TfcacheError `usage` when the method that was asked for cannot work here.
 */
export function openPlacing(destination: string, mode: LinkMode, sample: string): Placing {
  const temporary = join(destination, TEMPORARY_FOLDER);
  let count = 0;
  const draft = () => {
    count += 1;
    return join(temporary, `${process.pid}.${count}`);
  };
  try {
    makeFolders(temporary);
  } catch (error) {
    throw fileError('write into the destination', temporary, error);
  }
  const method = chooseMethod(mode, sample, draft());

  async function placeCopy(file: PlacedFile, clone: boolean): Promise<void> {
    const copy = draft();
    const flags = clone ? constants.COPYFILE_FICLONE_FORCE : constants.COPYFILE_FICLONE;
    if (file.size < LARGE) copyFileSync(file.object, copy, flags);
    else await copyFile(file.object, copy, flags);
    // A copy is the user's to write to: nothing else shares its bytes.
    chmodSync(copy, 0o644);
    utimesSync(copy, file.mtime, file.mtime);
    renameSync(copy, file.target);
  }

  function placeLink(file: PlacedFile, replace: boolean): void {
    if (!replace) {
      linkSync(file.object, file.target);
      return;
    }
    const link = draft();
    linkSync(file.object, link);
    renameSync(link, file.target);
    // rename(2) does nothing, and leaves both, when they are the same file already.
    rmSync(link, { force: true });
  }

  return {
    method,
    async place(file, replace) {
      try {
        if (method !== 'hardlink') {
          await placeCopy(file, method === 'reflink');
          return method;
        }
        placeLink(file, replace);
        return method;
      } catch (error) {
        // A file system bears only so many links of one file (65,000 on ext4).
        if (errorCode(error) === 'EMLINK' && mode === 'auto') {
          await placeCopy(file, false);
          return 'copy';
        }
        throw placeError(file, error);
      }
    },
  };
}

function chooseMethod(mode: LinkMode, sample: string, draft: string): PlacingMethod {
  const methods: readonly PlacingMethod[] = mode === 'auto' ? ['reflink', 'hardlink'] : [mode];
  for (const method of methods) {
    if (method === 'copy') return method;
    try {
      if (method === 'reflink') copyFileSync(sample, draft, constants.COPYFILE_FICLONE_FORCE);
      else linkSync(sample, draft);
      return method;
    } catch (error) {
      if (!NOT_HERE.has(errorCode(error) ?? '')) {
        throw fileError('link from the store into the destination', draft, error);
      }
      if (mode !== 'auto') throw cannotWork(method, sample, draft, error);
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return 'copy';
}

function cannotWork(
  method: PlacingMethod,
  object: string,
  draft: string,
  error: unknown,
): TfcacheError {
  const across = errorCode(error) === 'EXDEV';
  return new TfcacheError(
    'usage',
    `link is ${method}, and that cannot work here: ${across ? 'store and path are on different file systems' : 'the file system cannot do it'}.`,
    {
      where: `from ${object} to ${draft}`,
      found: error instanceof Error ? error.message : String(error),
      hint: across
        ? 'Put store and path on one file system, or set link to auto or copy.'
        : `Set link to auto${method === 'reflink' ? ' (Btrfs, XFS and APFS can clone; ext4 cannot)' : ''}.`,
      cause: error,
    },
  );
}

function placeError(file: PlacedFile, error: unknown): TfcacheError {
  if (errorCode(error) === 'EEXIST') {
    return new TfcacheError('failed', 'A file appeared in the destination while it was filled.', {
      where: file.target,
      hint: 'Something else writes there: let one thing at a time fill a folder, then run again.',
      cause: error,
    });
  }
  return fileError('put a file into the destination', file.target, error);
}

/** Removes what killed runs left in the temporary folder, and the folder itself when nothing else is in it. */
export function removeTemporary(destination: string): void {
  const temporary = join(destination, TEMPORARY_FOLDER);
  try {
    for (const name of readdirSync(temporary)) {
      if (!isAnothers(name)) rmSync(join(temporary, name), { force: true });
    }
    rmdirSync(temporary);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) {
      throw fileError('tidy the destination', temporary, error);
    }
  }
}

/** Whether the process that made this temporary file still runs. */
function isAnothers(name: string): boolean {
  const pid = Number(name.split('.')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
