import { chmodSync, constants, copyFileSync, linkSync, rmSync, utimesSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { LinkMethod, LinkMode, MethodMemory } from '../../store/store.ts';
import { appearedMeanwhile } from '../check/obstacles.ts';
import {
  cannotLinkThisOne,
  cannotWorkHere,
  chooseMethod,
  linkNotPermitted,
} from '../link/link-method.ts';
import { statOf } from '../record/file-status.ts';
import { checkOwnFolders } from '../record/own-folder.ts';
import type { RecordEntry } from '../record/record.ts';
import { createDrafts } from '../record/temporary.ts';
import { putDraft } from './put-temporary-file.ts';

/** Files of this size and more are copied off the main thread, so that progress and signals are served meanwhile. */
const LARGE = 1024 * 1024;

/** Puts objects of the store at their places, each at once. */
export interface Placing {
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

export interface PlacingOptions {
  /** Absolute; is there. */
  destination: string;
  mode: LinkMode;
  /** An object to try with. */
  sample: string;
  methods?: MethodMemory | undefined;
}

/**
 * Finds out how objects can get into the destination: as it was done before, else by trying with one of them.
 *
 * @throws TfcacheError `usage` when the method that was asked for cannot work here, `failed` when something else has the name
 *   of a folder of tfcache's own.
 */
export function openPlacing({ destination, mode, sample, methods }: PlacingOptions): Placing {
  checkOwnFolders(destination);
  const drafts = createDrafts(destination);
  const known = mode === 'auto' ? methods?.recall(destination) : undefined;
  let method = known ?? findMethod();
  let mayBeOutdated = known !== undefined;

  function findMethod(): LinkMethod {
    const found = chooseMethod(mode, sample, drafts.next());
    if (mode === 'auto') methods?.note(destination, found);
    return found;
  }

  async function placeCopy(
    file: PlacedFile,
    replaced: RecordEntry | undefined,
    how: number,
  ): Promise<void> {
    const copy = drafts.next();
    const flags = how | constants.COPYFILE_EXCL;
    if (file.size < LARGE) copyFileSync(file.object, copy, flags);
    else await copyFile(file.object, copy, flags);
    // A copy is the user's to write to: nothing else shares its bytes.
    chmodSync(copy, 0o644);
    if (file.mtime !== undefined) utimesSync(copy, file.mtime, file.mtime);
    putDraft(copy, file.target, replaced);
  }

  function placeLink(file: PlacedFile, replaced: RecordEntry | undefined): void {
    if (replaced === undefined) {
      linkIfNeeded(file);
      return;
    }
    const link = drafts.next();
    linkSync(file.object, link);
    putDraft(link, file.target, replaced);
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
      const isOutdated = mayBeOutdated && cannotWorkHere(error);
      const isAlone = method === 'hardlink' && cannotLinkThisOne(error);
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
    if (errorCode(error) !== 'EEXIST' || statOf(target)?.ino !== statOf(object)?.ino) throw error;
  }
}

function placeError(file: PlacedFile, error: unknown, mode: LinkMode): TfcacheError {
  const code = errorCode(error);
  if (code === 'EEXIST') return appearedMeanwhile(file.target, error);
  if (code === 'EPERM' && mode === 'hardlink') return linkNotPermitted(file.object, error);
  return fileError('put a file into the destination', file.target, error);
}
