import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomically } from '../../../platform/files/temporary-file.ts';

/** The runs that connected to one public host. Independent runs share the rate limit through this record. */
const HostRecord = v.object({
  version: v.literal(1),
  host: v.string(),
  /** Start times of the runs, in milliseconds since the epoch, oldest first. */
  runTimes: v.pipe(v.array(v.number()), v.maxLength(1000)),
  /** Identifies the process of the last run. */
  lastProcess: v.string(),
  /** When the host last seemed to block this address, in milliseconds since the epoch. Absent after it answered again. */
  blockedAt: v.optional(v.number()),
});
export type HostRecord = v.InferOutput<typeof HostRecord>;

/** Returns the record of a host. Returns undefined if there is no readable record; the host is then treated as new. */
export function readHostRecord(folder: string, host: string): HostRecord | undefined {
  try {
    const record = v.parse(HostRecord, JSON.parse(readFileSync(fileOf(folder, host), 'utf8')));
    return record.host === host ? record : undefined;
  } catch {
    // The file is missing, incomplete or of a later version. The rate limit must never stop a build.
    return undefined;
  }
}

/** Writes a record atomically. Returns false if it could not be written; later runs then do not see this run. */
export function writeHostRecord(folder: string, record: HostRecord): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileAtomically(fileOf(folder, record.host), JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function fileOf(folder: string, host: string): string {
  return join(folder, `${encodeURIComponent(host)}.json`);
}
