import { readdirSync } from 'node:fs';
import { errorCode } from './file-error.ts';

/**
 * The names in a folder; none when there is no such folder.
 *
 * @throws the system's error, when it cannot be read.
 */
export function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
