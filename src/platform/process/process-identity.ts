import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../files/file-error.ts';
import { shortHash } from '../short-hash.ts';

/** Which process it is, so that others can tell whether it still runs. */
export interface ProcessIdentity {
  pid: number;
  /**
   * Where the pid means something: machine, boot and pid name space. Containers on one machine differ in it, and a machine
   * that was started anew differs from itself before.
   */
  realm: string;
  /** When the process began, in the system's own unit; empty where it cannot be told. It tells a reused pid apart. */
  started: string;
}

/** `unknown` when the process cannot be seen from here: another machine, another container. */
export type Liveness = 'alive' | 'dead' | 'unknown';

export function getCurrentProcess(): ProcessIdentity {
  return { pid: process.pid, realm: currentRealm(), started: startOf(process.pid) ?? '' };
}

export function getLiveness(other: ProcessIdentity): Liveness {
  if (other.realm !== currentRealm()) return 'unknown';
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return 'dead';
    if (errorCode(error) !== 'EPERM') return 'unknown';
  }
  const started = startOf(other.pid);
  if (other.started === '' || started === undefined) return 'unknown';
  return started === other.started ? 'alive' : 'dead';
}

/**
 * This process as it stands in the names of its temporary files: eight digits for the realm, pid and start. Whoever finds
 * such a file knows whose it is from the moment it is made.
 */
export function formatProcessName(): string {
  const { pid, started, realm } = getCurrentProcess();
  return `${shortRealm(realm)}-${pid}-${started}`;
}

/** Of the process that {@link formatProcessName} named; undefined when this is no such name. */
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

/** For people: which process, and where when it is not to be seen from here. */
export function describeProcess({ pid, realm }: ProcessIdentity): string {
  if (realm === currentRealm()) return `process ${pid}`;
  return `process ${pid} on ${realm.split(' ')[0] || 'another machine'} (another machine or container)`;
}

function currentRealm(): string {
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const pids = read(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot ?? '', pids ?? ''].join(' ');
}

/** Field 22 of /proc/PID/stat (man 5 proc), clock ticks since boot; a zombie counts as gone. */
function startOf(pid: number): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The program's name in field 2 may hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined) return undefined;
  return fields[0] === 'Z' ? 'ended' : fields[19];
}

/** Undefined where the system has no such file (anything but Linux), or the process is gone. */
function read(source: () => string): string | undefined {
  try {
    return source();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
