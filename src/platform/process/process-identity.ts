import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../files/file-error.ts';
import { shortHash } from '../short-hash.ts';

/** Identifies a process, so that other processes can find out whether it still runs. */
export interface ProcessIdentity {
  pid: number;
  /**
   * The scope of the pid: machine, boot and pid name space. It differs between the containers of one machine, and before and after a
   * reboot.
   */
  realm: string;
  /** When the process began, in the system's own unit; empty if unknown. Distinguishes a reused pid. */
  started: string;
}

/** `unknown`: the process cannot be seen from here, because it runs on another machine or in another container. */
export type Liveness = 'alive' | 'dead' | 'unknown';

export function getCurrentProcess(): ProcessIdentity {
  return { pid: process.pid, realm: currentRealm(), started: readStartTime(process.pid) ?? '' };
}

export function getLiveness(other: ProcessIdentity): Liveness {
  if (other.realm !== currentRealm()) return 'unknown';
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return 'dead';
    if (errorCode(error) !== 'EPERM') return 'unknown';
  }
  const started = readStartTime(other.pid);
  if (other.started === '' || started === undefined) return 'unknown';
  return started === other.started ? 'alive' : 'dead';
}

/**
 * Returns this process as part of the names of its temporary files: eight digits for the realm, pid and start. The file identifies
 * its process from the moment it is made.
 */
export function formatProcessName(): string {
  const { pid, started, realm } = getCurrentProcess();
  return `${shortRealm(realm)}-${pid}-${started}`;
}

/** Returns the liveness of a process by its {@link formatProcessName}; undefined for any other name. */
export function getLivenessByName(name: string): Liveness | undefined {
  const [, short, pid, started] = /^([0-9a-f]{8})-([1-9]\d{0,9})-(\d*)$/.exec(name) ?? [];
  if (pid === undefined || started === undefined) return undefined;
  const realm = currentRealm();
  return short === shortRealm(realm)
    ? getLiveness({ pid: Number(pid), started, realm })
    : 'unknown';
}

function shortRealm(realm: string): string {
  return shortHash(realm).slice(0, 8);
}

/** Describes a process for people, and where it runs if it cannot be seen from here. */
export function describeProcess({ pid, realm }: ProcessIdentity): string {
  if (realm === currentRealm()) return `process ${pid}`;
  return `process ${pid} on ${realm.split(' ')[0] || 'another machine'} (another machine or container)`;
}

function currentRealm(): string {
  const boot = readOrUndefined(() =>
    readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  );
  const pids = readOrUndefined(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot ?? '', pids ?? ''].join(' ');
}

/** Returns field 22 of /proc/PID/stat (man 5 proc), in clock ticks since boot. A zombie counts as ended. */
function readStartTime(pid: number): string | undefined {
  const stat = readOrUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The program's name in field 2 may hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined) return undefined;
  return fields[0] === 'Z' ? 'ended' : fields[19];
}

/** Returns undefined if the system has no such file (only Linux has), or the process does not exist any more. */
function readOrUndefined(source: () => string): string | undefined {
  try {
    return source();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
