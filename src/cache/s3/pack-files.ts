import { closeSync, constants, openSync, writev, writevSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pack } from '../types.ts';

const writevAsync = promisify(writev);

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
  write(pieces: readonly Buffer[]): Promise<void>;
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

  async function put(pieces: readonly Buffer[], bytes: number): Promise<void> {
    descriptor ??= openForWriting(paths[index] ?? '');
    await writeAll(descriptor, pieces, bytes, position - (ends[index - 1] ?? 0));
    position += bytes;
    if (position < (ends[index] ?? position)) return;
    close();
    index = firstEndAfter(ends, position, index);
  }

  return {
    close,
    async write(pieces) {
      let now: Buffer[] = [];
      let bytes = 0;
      for (let piece of pieces) {
        while (piece.length > 0) {
          const left = (ends[index] ?? 0) - position - bytes;
          const part = piece.subarray(0, left);
          now.push(part);
          bytes += part.length;
          piece = piece.subarray(part.length);
          if (part.length === left) {
            await put(now, bytes);
            now = [];
            bytes = 0;
          }
        }
      }
      if (bytes > 0) await put(now, bytes);
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

async function writeAll(
  descriptor: number,
  pieces: readonly Buffer[],
  bytes: number,
  position: number,
): Promise<void> {
  let left = pieces;
  let done = 0;
  while (done < bytes) {
    const written =
      bytes - done < LARGE_WRITE
        ? writevSync(descriptor, left, position + done)
        : (await writevAsync(descriptor, left, position + done)).bytesWritten;
    done += written;
    if (done < bytes) left = dropBytes(left, written);
  }
}

function dropBytes(pieces: readonly Buffer[], bytes: number): Buffer[] {
  let drop = bytes;
  return pieces.flatMap((piece) => {
    const dropped = Math.min(drop, piece.length);
    drop -= dropped;
    return dropped === piece.length ? [] : [piece.subarray(dropped)];
  });
}
