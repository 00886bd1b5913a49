import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { errorCode } from '../platform/files/file-error.ts';
import type { Terminal } from './terminal.ts';

const SLOW_READER_MS = 5;

/*
 * Loading Node's stream objects for standard output and standard error takes a tenth of the time of a short command.
 * Therefore files and pipes are written to directly. The stream objects are used for terminals and after a failed write.
 */

/** Writes to standard output. A pipe that its reader closes early (`tfcache plan | head`) is not an error. */
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

/** Returns standard error, for log and progress. */
export function getStandardError(): Terminal {
  return isTerminal(2) ? process.stderr : { write: printError };
}

/** @returns the bytes that could not be written (closed pipe, full disk, terminal); undefined if all were written */
function writeAtOnce(descriptor: 1 | 2, text: string): Buffer | undefined {
  let rest = Buffer.from(text);
  if (process.platform === 'win32' || isTerminal(descriptor)) return rest;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // The caller writes the rest with Node's stream, which reports the error.
      if (errorCode(error) !== 'EAGAIN') return rest;
      // The parent process made the pipe non-blocking, and its reader is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_READER_MS);
    }
  }
  return undefined;
}

/** Returns true for every character device except the null device. Node decides which of them is a terminal. */
function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isCharacterDevice() && status.rdev !== statSync(devNull).rdev;
  } catch {
    // The descriptor is closed, or the system cannot describe its kind.
    return true;
  }
}
