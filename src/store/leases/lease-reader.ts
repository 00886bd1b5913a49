import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { listNames } from '../../platform/files/list-names.ts';
import { isPossiblyAlive, readOwnedFile } from '../../platform/lock/owned-file.ts';
import type { ProcessIdentity } from '../../platform/process/process-identity.ts';

/** So many hexadecimal digits of a sha256 stand in a lease: enough that no two objects of a store share them. */
export const LEASE_DIGEST_DIGITS = 16;

const CONTENT = v.object({
  /** Milliseconds since the epoch by the file system's clock: objects that changed since then are held. */
  since: v.number(),
  /** Absent: every object. */
  held: v.optional(v.string()),
});

/** What running jobs hold. */
export interface HeldObjects {
  /** Jobs at work. */
  jobs: number;
  /** True while a job has not said yet what it uses: then nothing may be removed. */
  everything: boolean;
  /** Whether an object with this content, last changed at `ctimeMs`, is held. */
  isHeld(sha256: string, ctimeMs: number): boolean;
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
export function createLeaseReader(version: string): () => HeldObjects {
  const folder = join(version, 'leases');
  let known = new Map<string, SeenLease>();
  return () => {
    const now: typeof known = new Map();
    for (const name of listNames(folder)) {
      const file = join(folder, name);
      const stats = lstatSync(file, { throwIfNoEntry: false });
      const stamp = `${stats?.ino} ${stats?.size}`;
      const before = known.get(name);
      if (before?.stamp === stamp) {
        if (isPossiblyAlive(file, before.owner)) now.set(name, before);
        continue;
      }
      const owned = readOwnedFile(file);
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
      isHeld: (sha256, ctimeMs) =>
        ctimeMs >= since ||
        leases.some(({ held }) => held?.has(sha256.slice(0, LEASE_DIGEST_DIGITS)) !== false),
    };
  };
}

function split(held: string): Set<string> {
  const digests = new Set<string>();
  for (let at = 0; at < held.length; at += LEASE_DIGEST_DIGITS)
    digests.add(held.slice(at, at + LEASE_DIGEST_DIGITS));
  return digests;
}
