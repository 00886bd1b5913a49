import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type VerifiedFile, versionOf } from '../../bucket/file.ts';
import { getErrorMessage } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import type { Log } from '../../platform/log.ts';
import { isSha256 } from '../objects/object-name.ts';
import type { StoredVersion } from '../store.ts';
import { appendLogLines, type LogPosition, readLogLines } from './index-log.ts';

/**
 * Which content a path of a bucket had when it was last verified here, by size and time, as rsync tells files apart, or by size
 * and ETag where the mirror gave no time.
 */
export interface PathIndex {
  /** Undefined also for a file without time and ETag: nothing says that it is the one that was verified. */
  find(file: StoredVersion): VerifiedFile | undefined;
  /** Every content that was verified at this path, the latest first. */
  previous(bucket: string, path: string): readonly VerifiedFile[];
  /** Takes note; written with the next `flush`, at the latest when the event loop turns or the process exits. */
  remember(files: readonly VerifiedFile[]): void;
  flush(): void;
}

/** One of the logs the index is split into, so that a run reads only what bears on the folders it needs. */
interface Shard {
  /** Digests by the rest of their lines. */
  known: Map<string, string>;
  position: LogPosition | undefined;
  /** Looked at in this turn of the event loop: what another process adds meanwhile is seen in the next. */
  lookedAt?: boolean;
  /** The same by bucket and path, made when it is asked for, and how many entries it was made of. */
  byPath?: { made: number; files: Map<string, VerifiedFile[]> };
}

/** @param folder `…/v1/index` */
export function createPathIndex(folder: string, log: Log): PathIndex {
  const shards = new Map<string, Shard>();
  const shardOf = createSharding();
  let pending: VerifiedFile[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  function flush(): void {
    if (scheduled !== undefined) clearImmediate(scheduled);
    scheduled = undefined;
    process.removeListener('exit', flush);
    const files = pending;
    pending = [];
    const batches = new Map<string, string[]>();
    for (const file of files) {
      const shard = shardOf(file.bucket, file.path);
      const batch = batches.get(shard) ?? [];
      batch.push(formatLine(file));
      if (batch.length === 1) batches.set(shard, batch);
    }
    for (const [shard, lines] of batches) {
      try {
        appendLogLines(join(folder, shard), lines);
      } catch (error) {
        log.warning(
          `The store's index could not be written (${getErrorMessage(error)}): the next run may hash or fetch ${lines.length} files again.`,
        );
      }
    }
  }

  function read(name: string): Shard {
    const known = shards.get(name) ?? { known: new Map<string, string>(), position: undefined };
    const { lines, position } = readLogLines(join(folder, name), known.position);
    for (const line of lines) {
      known.known.set(line.slice(SHA256_HEX_LENGTH + 1), line.slice(0, SHA256_HEX_LENGTH));
    }
    known.position = position;
    shards.set(name, known);
    return known;
  }

  /** One look at a log a turn: thousands of files are asked for in one. */
  function isFresh(shard: Shard): boolean {
    if (shard.lookedAt === true) return true;
    shard.lookedAt = true;
    setImmediate(() => {
      shard.lookedAt = false;
    });
    return false;
  }

  function hasGrown(name: string, { position }: Shard): boolean {
    const stats = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return false;
    return stats.ino !== position?.ino || stats.size !== BigInt(position.offset);
  }

  return {
    find(file) {
      const { bucket, path, size, mtime, etag } = file;
      flush();
      if (versionOf(file) === undefined) return undefined;
      const name = shardOf(bucket, path);
      const key = keyOf(file);
      try {
        const shard = shards.get(name) ?? read(name);
        // What is missing may have been verified by another process since.
        if (!shard.known.has(key) && !isFresh(shard) && hasGrown(name, shard)) read(name);
        const sha256 = shard.known.get(key);
        if (sha256 === undefined || !isSha256(sha256)) return undefined;
        return { bucket, path, size, mtime, ...(etag === undefined ? {} : { etag }), sha256 };
      } catch (error) {
        log.warning(
          `The store's index could not be read (${errorCode(error) ?? String(error)}): ${join(folder, name)}`,
        );
        return undefined;
      }
    },
    previous(bucket, path) {
      flush();
      const name = shardOf(bucket, path);
      try {
        const shard = shards.get(name) ?? read(name);
        if (shard.byPath?.made !== shard.known.size) {
          shard.byPath = { made: shard.known.size, files: byPath(shard.known) };
        }
        return shard.byPath.files.get(placeOf(bucket, path)) ?? [];
      } catch (error) {
        log.warning(
          `The store's index could not be read (${errorCode(error) ?? String(error)}): ${join(folder, name)}`,
        );
        return [];
      }
    },
    remember(files) {
      for (const file of files) {
        pending.push(file);
        shards.get(shardOf(file.bucket, file.path))?.known.set(keyOf(file), file.sha256);
      }
      if (pending.length === 0 || scheduled !== undefined) return;
      scheduled = setImmediate(flush);
      process.once('exit', flush);
    },
    flush,
  };
}

/**
 * Which shard a file is in. All files of one folder of a bucket are in one, and there are 256 of them. Files come folder by
 * folder, so the last answer is mostly the next.
 */
function createSharding(): (bucket: string, path: string) => string {
  let last = { bucket: '', folder: '', shard: '' };
  return (bucket, path) => {
    const slash = path.lastIndexOf('/');
    const folder = slash === -1 ? '' : path.slice(0, slash);
    if (last.shard === '' || folder !== last.folder || bucket !== last.bucket) {
      const shard = hash('sha1', `${bucket}\0${folder}`, 'hex').slice(0, 2);
      last = { bucket, folder, shard };
    }
    return last.shard;
  };
}

/** Takes the keys of a shard apart. */
function byPath(known: ReadonlyMap<string, string>): Map<string, VerifiedFile[]> {
  const files = new Map<string, VerifiedFile[]>();
  for (const [key, sha256] of known) {
    const [size = '', version = '', bucket = ''] = key.split(' ', 3);
    const place = key.slice(size.length + version.length + 2);
    if (!isSha256(sha256)) continue;
    const path: unknown = JSON.parse(place.slice(bucket.length + 1));
    if (typeof path !== 'string') continue;
    const mtime = /^-?\d+$/.test(version) ? Number(version) : undefined;
    const file = { bucket, path, size: Number(size), mtime, sha256 };
    files.set(place, [file, ...(files.get(place) ?? [])]);
  }
  return files;
}

function placeOf(bucket: string, path: string): string {
  return `${bucket} ${JSON.stringify(path)}`;
}

/**
 * What a line says after the digest; a path is quoted, so that a line break in it breaks no line. A file without a version has a
 * dash: it is the basis of deltas and never found.
 */
function keyOf(file: StoredVersion): string {
  return `${file.size} ${versionOf(file) ?? '-'} ${file.bucket} ${JSON.stringify(file.path)}`;
}

/** A line is the digest and the key, so that reading it takes it apart and no more. */
function formatLine(file: VerifiedFile): string {
  return `${file.sha256} ${keyOf(file)}`;
}

/** Characters of a line that are the digest; the rest is the key. */
export const SHA256_HEX_LENGTH = 64;
