import { chmodSync } from 'node:fs';
import { errorCode } from '../../platform/files/file-error.ts';

/**
 * When an object was last used is its ctime. A hard link made of it sets that by itself, and so does one removed; a clone
 * or a copy does not, so its mode is set to what it is: the cheapest that changes the ctime and nothing else. The mtime
 * stays, which the object's name tells, and nothing must be written down beside it.
 */
export function touchObjects(objects: Iterable<string>): void {
  for (const object of objects) touchObject(object);
}

/** @returns false when it could not be done: the object is gone, or another user's. */
export function touchObject(object: string): boolean {
  try {
    chmodSync(object, 0o444);
    return true;
  } catch (error) {
    if (['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
