import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { TfcacheError } from '../error.ts';
import { errorCode, fileError } from '../store/file-error.ts';
import type { LinkMethod, LinkMode, MethodMemory } from '../store/types.ts';
import { cannotWorkHere, chooseMethod } from './link-method.ts';
import { statOf } from './standing.ts';
import { createDrafts } from './temporary.ts';

/** Files of this size and more are copied off the main thread, so that progress and signals are served meanwhile. */
const LARGE = 1024 * 1024;

/** Puts objects of the store at their places, each at once. */
export interface Placing {
  /** How it is done, as far as is known now. */
  readonly method: LinkMethod;
  /**
   * @param replace whether a file of ours stands at `target` and is to be replaced.
   * @returns how it was done.
   */
  place(file: PlacedFile, replace: boolean): Promise<LinkMethod>;
}

export interface PlacedFile {
  object: string;
  /** Absolute. */
  target: string;
  size: number;
  /** Seconds since the epoch. */
  mtime: number;
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
 * @throws TfcacheError `usage` when the method that was asked for cannot work here.
 */
export function openPlacing({ destination, mode, sample, methods }: PlacingOptions): Placing {
  const drafts = createDrafts(destination);
  const known = mode === 'auto' ? methods?.recall(destination) : undefined;
  let method = known ?? findMethod();
  let mayBeOutdated = known !== undefined;

  function findMethod(): LinkMethod {
    const found = chooseMethod(mode, sample, drafts.next());
    if (mode === 'auto') methods?.note(destination, found);
    return found;
  }

  async function placeCopy(file: PlacedFile, clone: boolean): Promise<void> {
    const copy = drafts.next();
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
      linkIfNeeded(file);
      return;
    }
    const link = drafts.next();
    linkSync(file.object, link);
    renameSync(link, file.target);
    // rename(2) does nothing, and leaves both, when they are the same file already.
    rmSync(link, { force: true });
  }

  async function placeBy(by: LinkMethod, file: PlacedFile, replace: boolean): Promise<void> {
    if (by === 'hardlink') placeLink(file, replace);
    else await placeCopy(file, by === 'reflink');
  }

  return {
    get method() {
      return method;
    },
    async place(file, replace) {
      try {
        await placeBy(method, file, replace);
        mayBeOutdated = false;
        return method;
      } catch (error) {
        // A file system bears only so many links of one file (65,000 on ext4).
        if (errorCode(error) === 'EMLINK' && mode === 'auto') {
          await placeCopy(file, false);
          return 'copy';
        }
        if (!mayBeOutdated || !cannotWorkHere(error)) throw placeError(file, error);
      }
      mayBeOutdated = false;
      method = findMethod();
      return this.place(file, replace);
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
