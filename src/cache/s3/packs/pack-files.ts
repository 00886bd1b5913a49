import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '../../cache.ts';

/** The files of a pack while it arrives: its bytes are those of its contents, one after the other. */
export interface PackFiles {
  /** Bytes of all contents. */
  readonly totalBytes: number;
  /** By sha256, as claimed. */
  readonly paths: ReadonlyMap<string, string>;
  /** Writes bytes that begin at `start` of the pack. Several writers may be at work in different places. */
  createWriter(start: number): PackWriter;
}

export interface PackWriter {
  /** What comes after what was written last. */
  write(bytes: Buffer): void;
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
    totalBytes: size,
    paths: new Map(pack.contents.map(({ sha256 }, index) => [sha256, paths[index] ?? ''])),
    createWriter: (start) => createWriter(start, paths, ends),
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
    write(bytes) {
      for (let left = bytes; left.length > 0; ) {
        const part = left.subarray(0, (ends[index] ?? 0) - position);
        descriptor ??= openForWriting(paths[index] ?? '');
        writeAll(descriptor, part, position - (ends[index - 1] ?? 0));
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

/** At once: handing it to Node's threads costs more than the copy into the page cache. */
function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
