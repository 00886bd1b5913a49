import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { errorCode, fileError } from './file-error.ts';
import { createTemporaryPathBeside } from './temporary-file.ts';

/**
 * Gives a file new content at once: written beside it, forced to the disk, renamed over it. A file reached through a
 * symbolic link is replaced where it really is.
 *
 * @param action what is being done, as the end of "Could not …".
 * @throws TfcacheError `failed` or `no-space`.
 */
export function replaceFile(file: string, text: string, action: string): void {
  let draft: string | undefined;
  try {
    const target = resolveSymlink(file);
    draft = createTemporaryPathBeside(target);
    const descriptor = openSync(draft, 'w', 0o644);
    try {
      const bytes = Buffer.from(text);
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, target);
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true });
    throw fileError(action, file, error);
  }
}

/** Where a file really is; as named when there is none yet. */
export function resolveSymlink(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return file;
    throw error;
  }
}
