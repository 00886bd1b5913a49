import { type BigIntStats, chmodSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { TfcacheError } from '../error.ts';
import { errorCode, fileError } from './file-error.ts';
import { HASH_BUFFER_SIZE, hashFileSync } from './hash-file.ts';
import { touch } from './last-use.ts';
import { makeFolders } from './make-folders.ts';
import { createObjectFolders } from './object-folders.ts';
import {
  formatObjectName,
  isSha256,
  objectFolder,
  parseObjectName,
  surelyAsNamed,
} from './object-name.ts';

/** An object that is not what was verified any more, and was taken out of the store. */
export interface ChangedObject {
  sha256: string;
  /** Where it stood. */
  object: string;
  /** Where it is now, for whoever wants to look. */
  quarantined: string;
  /** In words, what differs. */
  change: string;
  /** Inode number, decimal: a hard link of it elsewhere has the same, and was changed with it. */
  ino: string;
}

export interface ObjectsOptions {
  /** `…/v1/objects` */
  folder: string;
  /** `…/v1/quarantine` */
  quarantine: string;
  onChanged(changed: ChangedObject): void;
}

/** Content by sha256: knows bytes, and nothing of the paths they came from. */
export interface Objects {
  path(sha256: string, size: number): string | undefined;
  sizeOf(sha256: string): number | undefined;
  soundName(sha256: string, size: number): string | undefined;
  pathOf(name: string): string;
  add(file: string, digest: { sha256: string; size: number; ino?: string }): string;
}

export function createObjects({ folder, quarantine, onChanged }: ObjectsOptions): Objects {
  const folders = createObjectFolders(folder);
  const pathOf = (name: string) => `${folder}${sep}${objectFolder(name)}${sep}${name}`;

  /** The name of this object when it is sound, or the one it has when it is healed; else it is taken away. */
  function check(name: string, size: number): string | undefined {
    if (!hasSize(name, size)) return undefined;
    const path = pathOf(name);
    const seen = lstatSync(path, { throwIfNoEntry: false });
    if (seen !== undefined && surelyAsNamed(seen, name)) {
      if ((seen.mode & 0o222) !== 0) protect(path);
      return name;
    }
    if (parseObjectName(name) === undefined) return undefined;
    const sha256 = name.slice(0, 64);
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) {
      folders.removed(sha256, name);
      return undefined;
    }
    if (stats.isFile() && formatObjectName(sha256, stats) === name) {
      if ((stats.mode & 0o222n) !== 0n) protect(path);
      return name;
    }
    return healed(sha256, name, path, stats) ?? takeAway(sha256, name, path, stats);
  }

  /** Touched, restored from a backup or moved to another file system: other times and inodes, the same bytes. */
  function healed(
    sha256: string,
    name: string,
    path: string,
    stats: BigIntStats,
  ): string | undefined {
    if (!stats.isFile() || stats.size !== BigInt(parseObjectName(name)?.size ?? -1))
      return undefined;
    try {
      if (hashFileSync(path, new Uint8Array(HASH_BUFFER_SIZE)).sha256 !== sha256) return undefined;
      protect(path);
      return basename(place(path, sha256, stats, name));
    } catch (error) {
      // Another process healed or quarantined it first, or it cannot be read and is no use: taken away, if still there.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  function takeAway(sha256: string, name: string, path: string, stats: BigIntStats): undefined {
    folders.removed(sha256, name);
    const quarantined = join(quarantine, name);
    try {
      makeFolders(quarantine);
      renameSync(path, quarantined);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw fileError('quarantine an object of the store that was changed', path, error);
    }
    const change = describeChange(name, stats);
    onChanged({ sha256, object: path, quarantined, change, ino: String(stats.ino) });
    return undefined;
  }

  function find(sha256: string, size: number): string | undefined {
    for (const name of folders.names(sha256)) {
      const sound = check(name, size);
      if (sound !== undefined) return sound;
    }
    return undefined;
  }

  function place(file: string, sha256: string, stats: BigIntStats, before?: string): string {
    const name = formatObjectName(sha256, stats);
    const path = pathOf(name);
    try {
      renameSync(file, path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      makeFolders(join(folder, objectFolder(sha256)));
      renameSync(file, path);
    }
    if (before !== undefined) folders.removed(sha256, before);
    folders.added(sha256, name);
    return path;
  }

  function soundName(sha256: string, size: number): string | undefined {
    try {
      const found = find(sha256, size);
      if (found !== undefined || !isSha256(sha256) || !folders.refresh(sha256)) return found;
      return find(sha256, size);
    } catch (error) {
      throw fileError('look into the store', folder, error);
    }
  }

  return {
    path(sha256, size) {
      const name = soundName(sha256, size);
      return name === undefined ? undefined : pathOf(name);
    },
    sizeOf(sha256) {
      if (!isSha256(sha256)) return undefined;
      return folders
        .names(sha256)
        .flatMap((name) => parseObjectName(name)?.size ?? [])
        .find((size) => soundName(sha256, size) !== undefined);
    },
    soundName,
    pathOf,
    add(file, digest) {
      const { sha256, size } = digest;
      if (!isSha256(sha256)) throw new TypeError(`not a sha256: ${sha256}`);
      try {
        const name = find(sha256, size);
        const existing = name === undefined ? undefined : pathOf(name);
        if (existing === file) return existing;
        const stats = lstatSync(file, { bigint: true });
        requireSame(file, stats, digest);
        // Touched, so that nobody cleans it away as one that was not used for long.
        if (existing !== undefined && (touch(existing) || isThere(existing))) {
          unlinkSync(file);
          return existing;
        }
        chmodSync(file, 0o444);
        return place(file, sha256, stats);
      } catch (error) {
        throw fileError('take a verified file into the store', file, error);
      }
    },
  };
}

/** Whether an object's name tells this size. */
function hasSize(name: string, size: number): boolean {
  return name.startsWith(`${size}.`, 65);
}

function isThere(object: string): boolean {
  return lstatSync(object, { throwIfNoEntry: false }) !== undefined;
}

/** That what is taken in is what was hashed: the same file, as long as it was then. */
function requireSame(
  file: string,
  stats: BigIntStats,
  digest: { size: number; ino?: string },
): void {
  const sameFile = digest.ino === undefined || digest.ino === String(stats.ino);
  if (stats.isFile() && stats.size === BigInt(digest.size) && sameFile) return;
  throw new TfcacheError('integrity', 'A file changed after it was verified.', {
    where: file,
    expected: `a file of ${digest.size} bytes${digest.ino === undefined ? '' : `, inode ${digest.ino}`}`,
    found: stats.isFile() ? `${stats.size} bytes, inode ${stats.ino}` : 'not a regular file',
    hint: 'Something else writes into the staging folder of the store. Run again; if it happens again, find out what that is.',
  });
}

/** Read-only again, when it is ours to say. */
function protect(path: string): void {
  try {
    chmodSync(path, 0o444);
  } catch (error) {
    // Another user's object on a shared store, or a read-only store: whoever owns it protects it.
    if (!['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes(errorCode(error) ?? '')) throw error;
  }
}

/** What differs from what was recorded, in words. */
export function describeChange(name: string, stats: BigIntStats): string {
  const recorded = parseObjectName(name);
  if (recorded === undefined || !stats.isFile()) return 'it is not a regular file any more';
  if (stats.size !== BigInt(recorded.size)) {
    return `it had ${recorded.size} bytes when it was verified, now ${stats.size}`;
  }
  if (String(stats.ino) !== recorded.ino) return 'it was replaced by another file of that size';
  return `it was written to on ${new Date(Number(stats.mtimeNs / 1_000_000n)).toISOString()}`;
}
