import { chmodSync, constants, copyFileSync, linkSync, rmSync, utimesSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { LinkMethod, LinkMethodMemory, LinkMode } from '../../store/store.ts';
import { fileAppearedError } from '../check/destination-errors.ts';
import type { RecordEntry } from '../destination-file.ts';
import {
  chooseLinkMethod,
  isLinkMethodUnsupported,
  isObjectLinkRefused,
  linkNotPermittedError,
} from '../link/link-method.ts';
import { statIfExists } from '../record/file-status.ts';
import { checkReservedFolders } from '../record/reserved-folders.ts';
import { createTemporaryFiles } from '../record/temporary-files.ts';
import { putTemporaryFile } from './put-temporary-file.ts';

/** Files of this size and more are copied off the main thread, so that progress and signals are served meanwhile. */
const MIN_ASYNC_COPY_BYTES = 1024 * 1024;

/** Puts objects of the store at their places, each at once. */
export interface FilePlacer {
  /** How it is done, as far as is known now. */
  readonly method: LinkMethod;
  /**
   * @param replaced the file of ours that stands at `target` and is to be replaced; nothing else is.
   * @returns how it was done.
   * @throws TfcacheError `failed` when something else stands there by now.
   */
  place(file: PlacedFile, replaced: RecordEntry | undefined): Promise<LinkMethod>;
}

export interface PlacedFile {
  object: string;
  /** Absolute. */
  target: string;
  size: number;
  /** Seconds since the epoch; undefined if the mirror gives no time. */
  mtime: number | undefined;
}

export interface FilePlacerOptions {
  /** Absolute; is there. */
  destination: string;
  mode: LinkMode;
  /** An object to try with. */
  sample: string;
  linkMethods?: LinkMethodMemory | undefined;
}

/**
 * Finds out how objects can get into the destination: as it was done before, else by trying with one of them.
 *
 * @throws TfcacheError `usage` when the method that was asked for cannot work here, `failed` when something else has the name
 *   of a folder of tfcache's own.
 */
export function createFilePlacer({
  destination,
  mode,
  sample,
  linkMethods: methods,
}: FilePlacerOptions): FilePlacer {
  checkReservedFolders(destination);
  const drafts = createTemporaryFiles(destination);
  const known = mode === 'auto' ? methods?.recall(destination) : undefined;
  let method = known ?? findMethod();
  let mayBeOutdated = known !== undefined;

  function findMethod(): LinkMethod {
    const found = chooseLinkMethod(mode, sample, drafts.next());
    if (mode === 'auto') methods?.remember(destination, found);
    return found;
  }

  async function placeCopy(
    file: PlacedFile,
    replaced: RecordEntry | undefined,
    how: number,
  ): Promise<void> {
    const copy = drafts.next();
    const flags = how | constants.COPYFILE_EXCL;
    if (file.size < MIN_ASYNC_COPY_BYTES) copyFileSync(file.object, copy, flags);
    else await copyFile(file.object, copy, flags);
    // A copy is the user's to write to: nothing else shares its bytes.
    chmodSync(copy, 0o644);
    if (file.mtime !== undefined) utimesSync(copy, file.mtime, file.mtime);
    putTemporaryFile(copy, file.target, replaced);
  }

  function placeLink(file: PlacedFile, replaced: RecordEntry | undefined): void {
    if (replaced === undefined) {
      linkIfNeeded(file);
      return;
    }
    const link = drafts.next();
    linkSync(file.object, link);
    putTemporaryFile(link, file.target, replaced);
    // rename(2) does nothing, and leaves both, when they are the same file already.
    rmSync(link, { force: true });
  }

  async function placeBy(
    by: LinkMethod,
    file: PlacedFile,
    replaced: RecordEntry | undefined,
  ): Promise<void> {
    if (by === 'hardlink') placeLink(file, replaced);
    else if (by === 'reflink') {
      await placeCopy(file, replaced, constants.COPYFILE_FICLONE_FORCE);
    } else await placeCopy(file, replaced, constants.COPYFILE_FICLONE);
  }

  /** @returns how it was done. */
  async function placeAnyhow(
    file: PlacedFile,
    replaced: RecordEntry | undefined,
  ): Promise<LinkMethod> {
    try {
      await placeBy(method, file, replaced);
      mayBeOutdated = false;
      return method;
    } catch (error) {
      const isOutdated = mayBeOutdated && isLinkMethodUnsupported(error);
      const isAlone = method === 'hardlink' && isObjectLinkRefused(error);
      if (!isOutdated && (mode !== 'auto' || !isAlone)) throw error;
      if (!isOutdated) {
        await placeBy('copy', file, replaced);
        return 'copy';
      }
    }
    mayBeOutdated = false;
    method = findMethod();
    return placeAnyhow(file, replaced);
  }

  return {
    get method() {
      return method;
    },
    async place(file, replaced) {
      try {
        return await placeAnyhow(file, replaced);
      } catch (error) {
        throw placeError(file, error, mode);
      }
    },
  };
}

/** A thread that was lost may have made the link before it could say so. */
function linkIfNeeded({ object, target }: PlacedFile): void {
  try {
    linkSync(object, target);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || statIfExists(target)?.ino !== statIfExists(object)?.ino)
      throw error;
  }
}

function placeError(file: PlacedFile, error: unknown, mode: LinkMode): TfcacheError {
  const code = errorCode(error);
  if (code === 'EEXIST') return fileAppearedError(file.target, error);
  if (code === 'EPERM' && mode === 'hardlink') return linkNotPermittedError(file.object, error);
  return fileError('put a file into the destination', file.target, error);
}
