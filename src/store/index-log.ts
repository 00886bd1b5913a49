import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './file-error.ts';
import { makeFolders } from './make-folders.ts';

/**
 * An append-only file of lines, each with its own checksum. Any number of processes append at once: a batch is one write
 * in append mode. A line torn by a kill or a full disk fails its checksum and is skipped; since every batch begins with a
 * line break of its own, it takes no other line with it.
 */
export function appendLines(file: string, lines: readonly string[]): void {
  const text = `\n${lines.map((line) => `${checksum(line)} ${line}\n`).join('')}`;
  const descriptor = openForAppend(file);
  try {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } finally {
    closeSync(descriptor);
  }
}

function openForAppend(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    makeFolders(dirname(file));
    return openSync(file, 'a');
  }
}

/** Where reading a log stopped, so that the next read begins there. */
export interface LogPosition {
  /** Bytes read. */
  offset: number;
  /** Which file it was: a log that was rewritten is read from its beginning. */
  ino: bigint;
}

/**
 * The sound lines after `from`, without their checksums, and where to go on. A line that is still being written is left for the
 * next time. A log that is not there has no lines.
 */
export function readLines(
  file: string,
  from: LogPosition | undefined,
): { lines: string[]; position: LogPosition | undefined } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { lines: [], position: undefined };
    throw error;
  }
  try {
    const { size, ino } = fstatSync(descriptor, { bigint: true });
    const continues = from !== undefined && from.ino === ino && BigInt(from.offset) <= size;
    const offset = continues ? from.offset : 0;
    const bytes = Buffer.allocUnsafe(Number(size) - offset);
    let count = 0;
    while (count < bytes.length) {
      const more = readSync(descriptor, bytes, count, bytes.length - count, offset + count);
      if (more === 0) break;
      count += more;
    }
    const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
    const lines: string[] = [];
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
      if (
        line.length > CHECKSUM_LENGTH &&
        line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `)
      ) {
        lines.push(line.slice(CHECKSUM_LENGTH + 1));
      }
    }
    return { lines, position: { offset: offset + end, ino } };
  } finally {
    closeSync(descriptor);
  }
}

const CHECKSUM_LENGTH = 8;

/** Guards against tearing, not against malice: what the index says is a hint, and the bytes are held to their sha256. */
function checksum(line: string): string {
  return hash('sha1', line, 'hex').slice(0, CHECKSUM_LENGTH);
}
