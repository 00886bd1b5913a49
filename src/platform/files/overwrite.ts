import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/**
 * Overwrites a file that is at least as long as the text. Works on a full disk, because it allocates nothing. Not atomic: a reader
 * may find a mixture of both texts.
 *
 * @throws the system's error.
 */
export function overwriteFile(file: string, text: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, text, 0);
    ftruncateSync(descriptor, Buffer.byteLength(text));
  } finally {
    closeSync(descriptor);
  }
}
