import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '../../cache.ts';

/** The files of a pack during its download. The bytes of a pack are those of its contents, concatenated. */
export interface PackFiles {
  /** Bytes of all contents. */
  readonly totalBytes: number;
  /** Paths by sha256, which is not verified yet. */
  readonly paths: ReadonlyMap<string, string>;
  /** Creates a writer from `start` of the pack on. Several writers may write different ranges at once. */
  createWriter(start: number): PackWriter;
}

export interface PackWriter {
  /** Writes the bytes after those of the previous call. */
  write(bytes: Buffer): void;
  close(): void;
}

/** @param folder an empty folder that other users cannot access. */
export function createPackFiles(pack: Pack, folder: string): PackFiles {
  const paths = pack.contents.map(({ sha256 }) => join(folder, sha256));
  const ends: number[] = [];
  let size = 0;
  for (const content of pack.contents) {
    size += content.size;
    ends.push(size);
    // No write creates an empty file.
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
  let index = findContentAt(ends, start);
  let descriptor: number | undefined;

  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  }

  return {
    close,
    write(bytes) {
      for (let remaining = bytes; remaining.length > 0; ) {
        const part = remaining.subarray(0, (ends[index] ?? 0) - position);
        descriptor ??= openForWriting(paths[index] ?? '');
        writeAll(descriptor, part, position - (ends[index - 1] ?? 0));
        position += part.length;
        remaining = remaining.subarray(part.length);
        if (position < (ends[index] ?? 0)) return;
        close();
        index = findContentAt(ends, position, index);
      }
    },
  };
}

/** Returns the index of the content that holds the byte at `position`; an empty content holds none. */
function findContentAt(ends: readonly number[], position: number, from = 0): number {
  let low = from;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Creates or opens a file; not exclusively, because several writers may write to it. */
function openForWriting(path: string): number {
  return openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
}

/** Writes synchronously: Node's thread pool costs more than the copy into the page cache. */
function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
