import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { milliseconds } from '../clock.ts';
import { fileError, isFull } from './file-error.ts';
import { makeFolders } from './make-folders.ts';
import { namesIn } from './names-in.ts';
import { fileSystemNow, keepAlive, mayLive, readOwned, writeOwned } from './owned-file.ts';
import { type Ownership, tryOwnership } from './ownership.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { keepReserve } from './reserve.ts';
import { sweepKilled } from './sweep.ts';
import { keptByAnother } from './turn-file.ts';
import type { Lease } from './types.ts';

/** So many hexadecimal digits of a sha256 stand in a lease: enough that no two objects of a store share them. */
const DIGITS = 16;

const CONTENT = v.object({
  /** Milliseconds since the epoch by the file system's clock: objects that changed since then are held. */
  since: v.number(),
  /** Absent: every object. */
  held: v.optional(v.string()),
});

/** A store's clock has steps: ext4 dates a file up to 10 ms before the moment it is written. */
const CLOCK_STEP_MS = 50;

/**
 * Tells whoever cleans up what this job uses. Whoever removes objects does it in the same turns in which leases begin, and
 * reads all leases first: what this process finds in the store once it has its lease stays there. In the same turn goes what
 * killed jobs left in the store.
 *
 * @param version the store's `v1` folder.
 */
export function takeLease(version: string): Lease {
  const folder = join(version, 'leases');
  const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const file = join(folder, name);
  const turn = takeLeaseTurn(version);
  try {
    makeFolders(folder);
    const since = fileSystemNow(version) - CLOCK_STEP_MS;
    writeOwned(file, 'this process', { since });
    sweepLeases(folder);
    sweepKilled(version);
    keepReserve(version);
    const life = keepAlive(file);
    const release = () => {
      process.removeListener('exit', release);
      life.stop();
      rmSync(file, { force: true });
    };
    process.once('exit', release);
    return {
      narrow(sha256s) {
        const all = [...sha256s];
        // One buffer: a hundred thousand pieces of a string would be there twice.
        const held = Buffer.alloc(all.length * DIGITS, '0');
        for (const [index, sha256] of all.entries()) held.write(sha256, index * DIGITS, DIGITS);
        try {
          writeOwned(file, 'this process', { since, held: held.toString('latin1') });
        } catch (error) {
          // On a full disk it goes on holding everything: more than it must, never less.
          if (isFull(error)) return;
          throw fileError('note what this job uses of the store', file, error);
        }
      },
      release,
    };
  } catch (error) {
    throw fileError('note what this job uses of the store', file, error);
  } finally {
    turn.release();
  }
}

/** So long is waited for others that have the turn; one takes it for some milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * The turn in which leases begin and objects are removed. Waits with the process standing still: whoever has it keeps it
 * for some milliseconds.
 *
 * @throws TfcacheError `failed` when the process that has it hangs.
 */
export function takeLeaseTurn(version: string, patienceMs = PATIENCE_MS): Ownership {
  const folder = join(version, 'owners', 'leases');
  const since = milliseconds();
  for (;;) {
    const turn = tryOwnership(folder);
    if (turn !== undefined) return turn;
    if (milliseconds() - since > patienceMs) throw keptByAnother(folder);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
}

/** What running jobs hold. */
export interface Held {
  /** Jobs at work. */
  jobs: number;
  /** True while a job has not said yet what it uses: then nothing may be removed. */
  everything: boolean;
  /** Whether an object with this content, last changed at `ctimeMs`, is held. */
  holds(sha256: string, ctimeMs: number): boolean;
}

interface SeenLease {
  /** Another one when the lease was written anew. */
  stamp: string;
  owner: ProcessIdentity | undefined;
  since: number;
  /** Undefined: everything. */
  held: ReadonlySet<string> | undefined;
}

/** Reads leases again and again; each only when it is new or was written anew. */
export function createLeaseReader(version: string): () => Held {
  const folder = join(version, 'leases');
  let known = new Map<string, SeenLease>();
  return () => {
    const now: typeof known = new Map();
    for (const name of namesIn(folder)) {
      const file = join(folder, name);
      const stats = statSync(file, { throwIfNoEntry: false });
      const stamp = `${stats?.ino} ${stats?.size}`;
      const before = known.get(name);
      if (before?.stamp === stamp) {
        if (mayLive(file, before.owner)) now.set(name, before);
        continue;
      }
      const owned = readOwned(file);
      if (owned === undefined || !owned.alive) continue;
      const { owner } = owned;
      const content = v.safeParse(CONTENT, owned.content);
      // One that cannot be read holds everything until its owner is known to be dead.
      const { since, held } = content.success ? content.output : { since: 0, held: undefined };
      now.set(name, { stamp, owner, since, held: held === undefined ? undefined : split(held) });
    }
    known = now;
    const leases = [...now.values()];
    const since = leases.reduce((least, lease) => Math.min(least, lease.since), Infinity);
    return {
      jobs: leases.length,
      everything: leases.some(({ held }) => held === undefined),
      holds: (sha256, ctimeMs) =>
        ctimeMs >= since || leases.some(({ held }) => held?.has(sha256.slice(0, DIGITS)) !== false),
    };
  };
}

/** What killed jobs left. In a turn of ours only: a lease is written whole within one. */
function sweepLeases(folder: string): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    if (readOwned(file)?.alive === false) rmSync(file, { force: true });
  }
}

function split(held: string): Set<string> {
  const digests = new Set<string>();
  for (let at = 0; at < held.length; at += DIGITS) digests.add(held.slice(at, at + DIGITS));
  return digests;
}
