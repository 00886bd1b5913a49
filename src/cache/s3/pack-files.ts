import { closeSync, constants, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pack } from '../types.ts';

const writeAsync = promisify(write);

/** From this many bytes on, a write is worth its way through Node's threads; what is smaller is quicker done at once. */
const LARGE_WRITE = 256 * 1024;

/** The files of a pack while it arrives: its bytes are those of its contents, one after the other. */
export interface PackFiles {
  /** Bytes of all contents. */
  readonly size: number;
  /** By sha256, as claimed. */
  readonly paths: ReadonlyMap<string, string>;
  /** Writes bytes that begin at `start` of the pack. Several writers may be at work in different places. */
  writer(start: number): PackWriter;
}

export interface PackWriter {
  /** What comes after what was written last. The bytes must stay as they are until the promise is kept. */
  write(bytes: Buffer): Promise<void>;
  close(): void;
}

/** @param folder empty, and open to nobody else. */
export function createPackFiles(pack: Pack, folder: string): PackFiles {
  const paths = pack.contents.map(({ sha256 }) => join(folder, sha256));
  const ends: number[] = [];
  let size = 0;
  for (const content of pack.contents) {
    size += content.size;
    ends.push(size);
    // No byte will ever be written to it.
    if (content.size === 0) closeSync(openForWriting(join(folder, content.sha256)));
  }
  return {
    size,
    paths: new Map(pack.contents.map(({ sha256 }, index) => [sha256, paths[index] ?? ''])),
    writer: (start) => createWriter(start, paths, ends),
  };
}

function createWriter(
  start: number,
  paths: readonly string[],
  ends: readonly number[],
): PackWriter {
  let position = start;
  let index = firstEndAfter(ends, start);
  let descriptor: number | undefined;

  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  }

  return {
    close,
    async write(bytes) {
      for (let left = bytes; left.length > 0; ) {
        const part = left.subarray(0, (ends[index] ?? 0) - position);
        descriptor ??= openForWriting(paths[index] ?? '');
        await writeAll(descriptor, part, position - (ends[index - 1] ?? 0));
        position += part.length;
        left = left.subarray(part.length);
        if (position < (ends[index] ?? 0)) return;
        close();
        index = firstEndAfter(ends, position, index);
      }
    },
  };
}

/** The content in which the byte at `position` lies; empty ones hold none. */
function firstEndAfter(ends: readonly number[], position: number, from = 0): number {
  let low = from;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Several writers may share a file, so none may insist on making it. */
function openForWriting(path: string): number {
  return openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
}

async function writeAll(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const left = bytes.length - done;
    done +=
      left < LARGE_WRITE
        ? writeSync(descriptor, bytes, done, left, position + done)
        : (await writeAsync(descriptor, bytes, done, left, position + done)).bytesWritten;
  }
}
