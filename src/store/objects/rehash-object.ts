import { errorCode } from '../../platform/files/file-error.ts';
import {
  FileChangedError,
  HASH_BUFFER_BYTES,
  hashFileSync,
} from '../../platform/hashing/hash-file.ts';

/** What reading a file again told. Only `read` and `changing` tell anything of its bytes. */
export type RehashedObject =
  | { is: 'read'; sha256: string }
  /** It was written to meanwhile. */
  | { is: 'changing' }
  | { is: 'gone' }
  | { is: 'unreadable'; error: unknown };

/** This process is short of something: that says nothing of the file, and the next file would fare no better. */
const OUR_OWN_TROUBLE = ['EMFILE', 'ENFILE', 'ENOMEM'];

/**
 * Reads a file whose bytes are in doubt.
 *
 * @throws the system's error when this process lacks files or memory.
 */
export function rehashObject(file: string): RehashedObject {
  try {
    const { sha256 } = hashFileSync(file, new Uint8Array(HASH_BUFFER_BYTES));
    return { is: 'read', sha256 };
  } catch (error) {
    if (error instanceof FileChangedError) return { is: 'changing' };
    const code = errorCode(error);
    if (code === undefined || OUR_OWN_TROUBLE.includes(code)) throw error;
    return code === 'ENOENT' ? { is: 'gone' } : { is: 'unreadable', error };
  }
}
