import { closeSync, openSync, read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { PackedContent } from '../../cache.ts';

const readAsync = promisify(readCallback);

/** From this many bytes on, a read is worth its way through Node's threads. */
const MIN_ASYNC_READ_BYTES = 256 * 1024;

/** Reads `target.length` bytes of a pack from `start` on, as if its files stood one after the other in one. @throws when a file is shorter than it should be. */
export async function readPackBytes(
  contents: readonly PackedContent[],
  locate: (sha256: string) => string,
  start: number,
  target: Uint8Array,
): Promise<void> {
  let offset = 0;
  let filled = 0;
  for (const { sha256, size } of contents) {
    const from = start + filled - offset;
    offset += size;
    if (from >= size || filled === target.length) continue;
    const part = target.subarray(filled, filled + Math.min(size - from, target.length - filled));
    await readFully(locate(sha256), from, part);
    filled += part.length;
  }
}

async function readFully(file: string, from: number, target: Uint8Array): Promise<void> {
  const descriptor = openSync(file, 'r');
  try {
    for (let done = 0; done < target.length; ) {
      const left = target.length - done;
      const bytes =
        left < MIN_ASYNC_READ_BYTES
          ? readSync(descriptor, target, done, left, from + done)
          : (await readAsync(descriptor, target, done, left, from + done)).bytesRead;
      if (bytes === 0) throw new Error(`${file} is shorter than it was when it was verified`);
      done += bytes;
    }
  } finally {
    closeSync(descriptor);
  }
}
