import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import { createTemporaryPath } from '../../platform/files/temporary-file.ts';

/**
 * An append-only file of lines, each with its own checksum. Any number of processes append at once: a batch is one write
 * in append mode. A line torn by a kill or a full disk fails its checksum and is skipped; since every batch begins with a
 * line break of its own, it takes no other line with it.
 */
export function appendLogLines(file: string, lines: readonly string[]): void {
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

/** What was found in a log when it was checked. */
export interface CheckedLog {
  /** Sound lines, each counted once. */
  lines: number;
  /** Lines that were torn by a kill or damaged on the disk. */
  damaged: number;
  /** Lines that say what a later one says again. */
  repeated: number;
  /** Lines that were dropped because their values are of no use any more. */
  dropped: number;
  /** True when it was written anew without them. */
  rewritten: boolean;
}

/**
 * Checks a log, and writes it anew when lines in it are damaged or of no use, or most are repeated; one without lines is
 * removed. Others may append meanwhile: what they wrote to the old file until a moment after the new one took its place is
 * carried over.
 *
 * @param valueLength characters at the beginning of a line that are its value; the rest is its key, and the last value of
 *   a key counts.
 * @param mode `check`: another may be writing it anew.
 * @param isOfUse tells of a value whether lines with it are kept.
 */
export async function repairLog(
  file: string,
  valueLength: number,
  mode: 'repair' | 'check' = 'repair',
  isOfUse: (value: string) => boolean = () => true,
): Promise<CheckedLog> {
  const checked: CheckedLog = { lines: 0, damaged: 0, repeated: 0, dropped: 0, rewritten: false };
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return checked;
    throw error;
  }
  let draft: string | undefined;
  try {
    const { lines, damaged, end } = readSound(descriptor, 0);
    const values = new Map<string, string>();
    for (const line of lines) values.set(line.slice(valueLength), line.slice(0, valueLength));
    checked.damaged = damaged;
    checked.repeated = lines.length - values.size;
    const kept: string[] = [];
    for (const [key, value] of values) {
      if (mode === 'check' || isOfUse(value)) kept.push(value + key);
    }
    checked.lines = kept.length;
    checked.dropped = values.size - kept.length;
    const isWorthIt = damaged > 0 || checked.dropped > 0 || checked.repeated > checked.lines;
    if (mode === 'check' || !isWorthIt) return checked;
    if (kept.length === 0) {
      rmSync(file, { force: true });
    } else {
      draft = createTemporaryPath(file);
      appendLogLines(draft, kept);
      renameSync(draft, file);
    }
    checked.rewritten = true;
    await sleep(LATE_WRITERS_MS);
    const late = readSound(descriptor, end).lines;
    if (late.length > 0) appendLogLines(file, late);
    return checked;
  } finally {
    closeSync(descriptor);
    if (draft !== undefined) rmSync(draft, { force: true });
  }
}

/** Whoever had a log open when it was replaced has written by then. */
const LATE_WRITERS_MS = 200;

/** The sound lines from an offset to the end, how many are not, and where the last whole line ends. */
function readSound(
  descriptor: number,
  offset: number,
): { lines: string[]; damaged: number; end: number } {
  const bytes = Buffer.allocUnsafe(fstatSync(descriptor).size - offset);
  let count = 0;
  while (count < bytes.length) {
    const more = readSync(descriptor, bytes, count, bytes.length - count, offset + count);
    if (more === 0) break;
    count += more;
  }
  const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
  const lines: string[] = [];
  let damaged = 0;
  for (const line of bytes.toString('utf8', 0, end).split('\n')) {
    if (line === '') continue;
    if (isSound(line)) lines.push(line.slice(CHECKSUM_LENGTH + 1));
    else damaged += 1;
  }
  return { lines, damaged, end: offset + end };
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
export function readLogLines(
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
    const { lines, end } = readSound(descriptor, offset);
    return { lines, position: { offset: end, ino } };
  } finally {
    closeSync(descriptor);
  }
}

const CHECKSUM_LENGTH = 8;

function isSound(line: string): boolean {
  return (
    line.length > CHECKSUM_LENGTH &&
    line.startsWith(`${checksum(line.slice(CHECKSUM_LENGTH + 1))} `)
  );
}

/** Guards against tearing, not against malice: what the index says is a hint, and the bytes are held to their sha256. */
function checksum(line: string): string {
  return hash('sha1', line, 'hex').slice(0, CHECKSUM_LENGTH);
}
