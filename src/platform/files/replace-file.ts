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
 * Replaces the content of a file atomically: writes a temporary file next to it, flushes it to the disk and renames it. The target of
 * a symbolic link is replaced, not the link.
 *
 * @param action completes "Could not …".
 * @throws TfcacheError by {@link fileError}.
 */
export function replaceFile(file: string, text: string, action: string): void {
  let temporary: string | undefined;
  try {
    const target = resolveSymlink(file);
    temporary = createTemporaryPathBeside(target);
    const descriptor = openSync(temporary, 'w', 0o644);
    try {
      const bytes = Buffer.from(text);
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw fileError(action, file, error);
  }
}

/** Returns the real path of a file; the given path if it does not exist. */
export function resolveSymlink(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return file;
    throw error;
  }
}
