import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../platform/files/file-error.ts';
import { listIndexLogs } from '../index/index-maintenance.ts';
import { createLeaseReader } from '../leases/lease-reader.ts';
import { type FolderTotal, listObjects, measureFolder } from '../objects/list-objects.ts';
import { STORE_VERSION } from '../open-store.ts';

/** What is in a store. */
export interface StoreStats {
  /** Absolute path. */
  folder: string;
  exists: boolean;
  objects: {
    count: number;
    bytes: number;
    /** Those that are hard-linked somewhere else now: removing them frees nothing until the links go. */
    linked: { count: number; bytes: number };
    /** Last uses, milliseconds since the epoch; absent without objects. */
    oldestUse?: number;
    newestUse?: number;
    /** By the time since the last use: within a day, a week, a month, longer ago. */
    used: readonly { within: LastUseAge; count: number; bytes: number }[];
  };
  /** Paths of mirrors whose content is known, in lines (a path that changed has several). */
  index: { lines: number; bytes: number };
  /** Fetched in part, or being fetched now. */
  staging: FolderTotal;
  /** Changed behind the store's back, and kept to be looked at. */
  quarantine: FolderTotal;
  /** Jobs that use it now. */
  jobs: number;
}

export type LastUseAge = 'day' | 'week' | 'month' | 'ever';

const DAY = 24 * 3_600_000;
const AGES: readonly (readonly [LastUseAge, number])[] = [
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 30 * DAY],
  ['ever', Infinity],
];

/** Looks at every object once, reads none. @throws TfcacheError when the store cannot be read. */
export async function readStoreStats(folder: string, now = Date.now()): Promise<StoreStats> {
  const version = join(folder, STORE_VERSION);
  try {
    const { objects } = await listObjects(version);
    const used = AGES.map(([within]) => ({ within, count: 0, bytes: 0 }));
    const linked = { count: 0, bytes: 0 };
    let [oldest, newest] = [Infinity, -Infinity];
    let [count, bytes] = [0, 0];
    for (const { path, size } of objects) {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      count += 1;
      bytes += size;
      oldest = Math.min(oldest, stats.ctimeMs);
      newest = Math.max(newest, stats.ctimeMs);
      if (stats.nlink > 1) {
        linked.count += 1;
        linked.bytes += size;
      }
      const age = used[AGES.findIndex(([, most]) => now - stats.ctimeMs <= most)];
      if (age === undefined) continue;
      age.count += 1;
      age.bytes += size;
    }
    return {
      folder,
      exists: existsSync(version),
      objects: {
        count,
        bytes,
        linked,
        ...(count === 0 ? {} : { oldestUse: oldest, newestUse: newest }),
        used,
      },
      index: indexTotal(version),
      staging: measureFolder(join(version, 'staging')),
      quarantine: measureFolder(join(version, 'quarantine')),
      jobs: createLeaseReader(version)().jobs,
    };
  } catch (error) {
    throw fileError('look into the store', folder, error);
  }
}

function indexTotal(version: string): { lines: number; bytes: number } {
  const total = { lines: 0, bytes: 0 };
  for (const log of listIndexLogs(version)) {
    const text = readFileSync(log, 'latin1');
    total.bytes += text.length;
    for (const line of text.split('\n')) if (line !== '') total.lines += 1;
  }
  return total;
}
