import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { DigestAlgorithm } from '../../bucket/file.ts';
import { HASH_BUFFER_BYTES, type HashedFile } from './hash-file.ts';
import { Hashes } from './hashes.ts';

/** Bytes read between two messages: a fast writer must not keep the thread from receiving its next message. */
const MAX_READ_BYTES = 32 * 1024 * 1024;

/** Pause at the end of the file. A shorter pause would use a whole core, a longer one delays the end. */
const PAUSE_MS = 4;

/**
 * Hashes a file while another process writes it sequentially. When the writer ends, little is left to read, so that the digest of a
 * large file is known as soon as the file is complete.
 */
export class FollowedFile {
  readonly #descriptor: number;
  readonly #hashes: Hashes;
  readonly #buffer = new Uint8Array(HASH_BUFFER_BYTES);
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @throws the system's error if the temporary file does not exist any more. */
  constructor(temporaryFile: string, algorithms: readonly DigestAlgorithm[]) {
    this.#descriptor = openSync(temporaryFile, 'r');
    this.#hashes = new Hashes(algorithms);
    this.#readAvailable();
  }

  /**
   * Returns the digest if the temporary file was renamed to `file`, and closes it. Returns undefined if `file` is another file or was
   * written again: the caller then hashes it from the beginning.
   */
  finish(file: string): HashedFile | undefined {
    try {
      const followed = fstatSync(this.#descriptor, { bigint: true });
      const current = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (current?.ino !== followed.ino || current.dev !== followed.dev) return undefined;
      while (this.#read() > 0);
      const after = fstatSync(this.#descriptor, { bigint: true });
      // The file was written again meanwhile.
      if (after.size !== BigInt(this.#size) || after.mtimeNs !== followed.mtimeNs) return undefined;
      return { size: this.#size, ...this.#hashes.digest(), ino: String(followed.ino) };
    } finally {
      this.close();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    closeSync(this.#descriptor);
  }

  #readAvailable(): void {
    if (this.#closed) return;
    let read = 0;
    while (read < MAX_READ_BYTES) {
      const count = this.#read();
      if (count === 0) break;
      read += count;
    }
    this.#timer = setTimeout(() => this.#readAvailable(), read < MAX_READ_BYTES ? PAUSE_MS : 0);
  }

  #read(): number {
    const count = readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, null);
    if (count === 0) return 0;
    this.#size += count;
    this.#hashes.update(
      count === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, count),
    );
    return count;
  }
}
