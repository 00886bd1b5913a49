import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { errorCode, isPermissionError } from '../files/file-error.ts';
import { findStoreVersionFolder, writeFileAtomically } from '../files/temporary-file.ts';
import {
  getCurrentProcess,
  getLiveness,
  type ProcessIdentity,
} from '../process/process-identity.ts';

const OWNER = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  started: v.string(),
  realm: v.string(),
});
const OWNED = v.looseObject({ owner: v.optional(OWNER) });

/** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
const HEARTBEAT_MS = 5_000;
/** One that showed nothing for this long is dead; clients of NFS see times that are up to a minute old. */
export const STALE_MS = 180_000;

/**
 * Writes a JSON file that names this process as its owner, or nobody, at once: whoever reads it finds the old one or the
 * new one.
 *
 * @throws the system's error.
 */
export function writeOwnedFile(
  file: string,
  owner: 'this process' | 'nobody',
  content: object,
): void {
  writeFileAtomically(file, formatOwnedFile(owner, content));
}

/** What {@link writeOwnedFile} writes. */
export function formatOwnedFile(owner: 'this process' | 'nobody', content: object): string {
  return JSON.stringify({
    ...(owner === 'nobody' ? {} : { owner: getCurrentProcess() }),
    ...content,
  });
}

/** What such a file says, and whether its owner may live; undefined when it is gone, or is no file. */
export function readOwnedFile(
  file: string,
): { owner: ProcessIdentity | undefined; alive: boolean; content: unknown } | undefined {
  // A link may lead to a device that never ends, and a named pipe would block.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const content: unknown = JSON.parse(text);
    const { owner } = v.parse(OWNED, content);
    return { owner, alive: owner !== undefined && isPossiblyAlive(file, owner), content };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    // Half written on a file system that renames before it writes, or not ours: it may belong to someone for a while.
    return { owner: undefined, alive: isPossiblyAlive(file, undefined), content: undefined };
  }
}

/** Whether the process that a file belongs to lives, or may live. */
export function isPossiblyAlive(file: string, owner: ProcessIdentity | undefined): boolean {
  const liveness = owner === undefined ? 'unknown' : getLiveness(owner);
  if (liveness !== 'unknown') return liveness === 'alive';
  const shown = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return shown !== undefined && readFileSystemTimeFor(file) - shown < STALE_MS;
}

/** What time it is for whoever dates this file of a store; by our own clock where we may not write, and change nothing. */
export function readFileSystemTimeFor(file: string): number {
  try {
    return readFileSystemTime(findStoreVersionFolder(file) ?? dirname(file));
  } catch (error) {
    if (!isPermissionError(error)) throw error;
    return Date.now();
  }
}

/**
 * What time it is for the file system, in milliseconds since the epoch: the clocks of the machines that share it may differ
 * by any amount, but whatever one of them does to a file is dated (ctime) by the one clock of the file system.
 */
export function readFileSystemTime(folder: string): number {
  // Always the same name, so that nothing is left of a process that is killed here; never cut short, so that the one byte has
  // its room on a full disk, too.
  const descriptor = openSync(join(folder, 'clock'), constants.O_WRONLY | constants.O_CREAT, 0o666);
  try {
    writeSync(descriptor, '.', 0);
    return fstatSync(descriptor).ctimeMs;
  } finally {
    closeSync(descriptor);
  }
}

/** Shows now and then that this process lives, until it is stopped. */
export function startHeartbeat(
  file: string,
  heartbeatMs = HEARTBEAT_MS,
): { beat(): void; stop(): void } {
  const beat = () => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch (error) {
      // Taken over by one that thought us dead, or removed by hand: nothing is left to keep. Whatever else it is passes, on
      // a network's file system above all: whoever stops at it is taken for dead while it works.
      if (errorCode(error) === 'ENOENT') clearInterval(timer);
      else if (errorCode(error) === undefined) throw error;
    }
  };
  const timer = setInterval(beat, heartbeatMs);
  timer.unref();
  return { beat, stop: () => clearInterval(timer) };
}
