import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { errorCode } from '../platform/files/file-error.ts';
import type { Terminal } from './terminal.ts';

const SLOW_READER_MILLISECONDS = 5;

/*
 * Node's own objects for standard output and standard error cost a short command a tenth of its time to load: a file or a
 * pipe is written to without them. They take over where that does not go well, and for a terminal.
 */

/** Writes to standard output. `tfcache plan | head` closes it early: that is the reader's wish, not an error. */
export function printOutput(text: string): void {
  const rest = writeAtOnce(1, text);
  if (rest === undefined) return;
  if (process.stdout.listenerCount('error') === 0) {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  process.stdout.write(rest);
}

/** Writes to standard error. */
export function printError(text: string): void {
  const rest = writeAtOnce(2, text);
  if (rest !== undefined) process.stderr.write(rest);
}

/** Standard error, for log and progress. */
export function getStandardError(): Terminal {
  return isTerminal(2) ? process.stderr : { write: printError };
}

/** @returns what could not be written: to a reader that went away, a full disk, a terminal. */
function writeAtOnce(descriptor: 1 | 2, text: string): Buffer | undefined {
  let rest = Buffer.from(text);
  if (process.platform === 'win32' || isTerminal(descriptor)) return rest;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // Node's own stream says what is wrong.
      if (errorCode(error) !== 'EAGAIN') return rest;
      // Whoever started this process made the pipe one that does not wait, and its reader is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_READER_MILLISECONDS);
    }
  }
  return undefined;
}

/** Any character device but the one that takes everything: Node knows which of them is a terminal. */
function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isCharacterDevice() && status.rdev !== statSync(devNull).rdev;
  } catch {
    // A descriptor that is closed, or a kind that this system cannot look at.
    return true;
  }
}
