import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/**
 * Writes over a file that is at least as long: on a full disk, too, since it takes no room. Whoever reads it half way finds
 * neither the old text nor the new one.
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
