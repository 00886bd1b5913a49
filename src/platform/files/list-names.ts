import { readdirSync } from 'node:fs';
import { errorCode } from './file-error.ts';

/** Returns the names in a folder; none if the folder does not exist. @throws the system's error if it cannot be read. */
export function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
