import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { DigestAlgorithm } from '../../bucket/file.ts';
import { HASH_BUFFER_BYTES, type HashedFile } from './hash-file.ts';
import { Hashes } from './hashes.ts';

/** Bytes read in one turn: a writer that keeps pace must not keep a thread from hearing its next message. */
const BYTES_A_TURN = 32 * 1024 * 1024;

/** How long to wait for more. Longer costs nothing but the last of these pauses, shorter costs a core. */
const PAUSE_MILLISECONDS = 4;

/**
 * Hashes a file while another process writes it from its first byte to its last. When the writer is done, little is left
 * to read: the digest of a large file is there as soon as the file is.
 */
export class FollowedFile {
  readonly #descriptor: number;
  readonly #hashes: Hashes;
  readonly #buffer = new Uint8Array(HASH_BUFFER_BYTES);
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @throws the system's error when the draft is gone already. */
  constructor(draft: string, algorithms: readonly DigestAlgorithm[]) {
    this.#descriptor = openSync(draft, 'r');
    this.#hashes = new Hashes(algorithms);
    this.#turn();
  }

  /**
   * The digest, when the draft has become this file and has been read to its end; undefined when the file is another one,
   * which says nothing against it: it must be hashed itself. Either way this is over.
   */
  finish(file: string): HashedFile | undefined {
    try {
      const own = fstatSync(this.#descriptor, { bigint: true });
      const there = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (there === undefined || there.ino !== own.ino || there.dev !== own.dev) return undefined;
      while (this.#read() > 0);
      const after = fstatSync(this.#descriptor, { bigint: true });
      // Shorter than what was read: it was written anew meanwhile.
      if (after.size !== BigInt(this.#size) || after.mtimeNs !== own.mtimeNs) return undefined;
      return { size: this.#size, ...this.#hashes.digest(), ino: String(own.ino) };
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

  #turn(): void {
    if (this.#closed) return;
    let read = 0;
    while (read < BYTES_A_TURN) {
      const count = this.#read();
      if (count === 0) break;
      read += count;
    }
    this.#timer = setTimeout(() => this.#turn(), read < BYTES_A_TURN ? PAUSE_MILLISECONDS : 0);
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
