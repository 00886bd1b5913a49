import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** What is remembered of one public host, so that runs that know nothing of each other do not come too often. */
const HostRecord = v.object({
  version: v.literal(1),
  host: v.string(),
  /** When runs came, milliseconds since the epoch, oldest first. */
  visits: v.pipe(v.array(v.number()), v.maxLength(1000)),
  /** The process that came last. */
  lastBy: v.string(),
  /** When it last looked as if the host had shut this address out; absent when it answered since. */
  shutOut: v.optional(v.number()),
});
export type HostRecord = v.InferOutput<typeof HostRecord>;

/** The record of a host; undefined when there is none, or none that can be read: then the host is as good as new. */
export function readHostRecord(folder: string, host: string): HostRecord | undefined {
  try {
    const record = v.parse(HostRecord, JSON.parse(readFileSync(fileOf(folder, host), 'utf8')));
    return record.host === host ? record : undefined;
  } catch {
    // Absent, torn, or of a later version: manners are a courtesy and never stop a build.
    return undefined;
  }
}

/** False when it could not be written, which harms nothing but the courtesy. */
export function writeHostRecord(folder: string, record: HostRecord): boolean {
  const file = fileOf(folder, record.host);
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, JSON.stringify(record));
    renameSync(temporary, file);
    return true;
  } catch {
    return false;
  }
}

function fileOf(folder: string, host: string): string {
  return join(folder, `${encodeURIComponent(host)}.json`);
}
