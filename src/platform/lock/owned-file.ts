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

/** The interval of the heartbeat that an owner shows to other machines and containers. */
const HEARTBEAT_MS = 5_000;
/** An owner without a heartbeat for this time is dead. Clients of NFS see times that are up to a minute old. */
export const STALE_MS = 180_000;

/**
 * Writes a JSON file atomically, with this process as its owner or without an owner.
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

/** Returns the text that {@link writeOwnedFile} writes. */
export function formatOwnedFile(owner: 'this process' | 'nobody', content: object): string {
  return JSON.stringify({
    ...(owner === 'nobody' ? {} : { owner: getCurrentProcess() }),
    ...content,
  });
}

/** Reads such a file, and whether its owner may be alive. Returns undefined if it does not exist or is not a regular file. */
export function readOwnedFile(
  file: string,
): { owner: ProcessIdentity | undefined; alive: boolean; content: unknown } | undefined {
  // A link may lead to an endless device, and a named pipe would block.
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
    // Incomplete, because the file system renamed it before it wrote it, or not made by tfcache. It may have an owner.
    return { owner: undefined, alive: isPossiblyAlive(file, undefined), content: undefined };
  }
}

/** Returns true if the owner of a file is alive or may be alive. */
export function isPossiblyAlive(file: string, owner: ProcessIdentity | undefined): boolean {
  const liveness = owner === undefined ? 'unknown' : getLiveness(owner);
  if (liveness !== 'unknown') return liveness === 'alive';
  const lastBeat = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return lastBeat !== undefined && readFileSystemTimeFor(file) - lastBeat < STALE_MS;
}

/** Returns the time of the file system that holds a file; this machine's time if nothing can be written there. */
export function readFileSystemTimeFor(file: string): number {
  try {
    return readFileSystemTime(findStoreVersionFolder(file) ?? dirname(file));
  } catch (error) {
    if (!isPermissionError(error)) throw error;
    return Date.now();
  }
}

/**
 * Returns the time of the file system, in milliseconds since the epoch. The clocks of the machines that share it may differ by any
 * amount, but the file system dates every change (ctime) by one clock.
 */
export function readFileSystemTime(folder: string): number {
  // Always the same name, so that a killed process leaves nothing. Never truncated, so that the byte is allocated on a full disk.
  const descriptor = openSync(join(folder, 'clock'), constants.O_WRONLY | constants.O_CREAT, 0o666);
  try {
    writeSync(descriptor, '.', 0);
    return fstatSync(descriptor).ctimeMs;
  } finally {
    closeSync(descriptor);
  }
}

/** Touches a file at intervals to show that this process is alive. */
export function startHeartbeat(
  file: string,
  heartbeatMs = HEARTBEAT_MS,
): { beat(): void; stop(): void } {
  const beat = () => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch (error) {
      // ENOENT: another process took the file over, or a user deleted it. Other errors may pass, above all on a network file
      // system: a process that stopped its heartbeat would be taken for dead.
      if (errorCode(error) === 'ENOENT') clearInterval(timer);
      else if (errorCode(error) === undefined) throw error;
    }
  };
  const timer = setInterval(beat, heartbeatMs);
  timer.unref();
  return { beat, stop: () => clearInterval(timer) };
}
