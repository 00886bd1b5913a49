import { type BigIntStats, chmodSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { errorCode, fileError, isPermissionError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import { touchObject } from './last-use.ts';
import { type ChangedObject, describeObjectChange, requireSameFile } from './object-change.ts';
import { createObjectFolders } from './object-folders.ts';
import {
  formatObjectName,
  isSha256,
  isSurelyUnchanged,
  objectFolder,
  parseObjectName,
} from './object-name.ts';
import { rehashObject } from './rehash-object.ts';

export type { ChangedObject } from './object-change.ts';

export interface ObjectsOptions {
  /** `…/v1/objects` */
  folder: string;
  /** `…/v1/quarantine` */
  quarantine: string;
  onChanged(changed: ChangedObject): void;
  /** Told of one that counts as absent and stays where it is: why, as the end of a sentence. */
  onUnusable(object: string, why: string): void;
}

/** Content by sha256: knows bytes, and nothing of the paths they came from. */
export interface Objects {
  path(sha256: string, size: number): string | undefined;
  sizeOf(sha256: string): number | undefined;
  soundName(sha256: string, size: number): string | undefined;
  pathOf(name: string): string;
  takeOut(name: string, change: string): void;
  add(file: string, digest: { sha256: string; size: number; ino?: string }): string;
}

export function createObjects(options: ObjectsOptions): Objects {
  const { folder, quarantine, onChanged, onUnusable } = options;
  const folders = createObjectFolders(folder);
  /** Objects whose names tell otherwise than the file system and cannot be changed: what it said when they were judged. */
  const judged = new Map<string, { stamp: string; is: 'sound' | 'unusable' }>();
  /** Names of objects whose bytes were found wrong, and that could not be taken away. */
  const damaged = new Set<string>();
  const pathOf = (name: string) => `${folder}${sep}${objectFolder(name)}${sep}${name}`;

  /** The name of this object when it is sound, or the one it has when it is healed; else it is taken away. */
  function check(name: string, size: number): string | undefined {
    if (!hasSize(name, size) || damaged.has(name)) return undefined;
    const path = pathOf(name);
    const seen = lstatSync(path, { throwIfNoEntry: false });
    if (seen !== undefined && isSurelyUnchanged(seen, name)) {
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
    const before = judged.get(name);
    if (before?.stamp === formatObjectName(sha256, stats)) {
      return before.is === 'sound' ? name : undefined;
    }
    const right = BigInt(parseObjectName(name)?.size ?? -1);
    if (!stats.isFile() || stats.size !== right) return takeAway(sha256, name, path, stats);
    return healed(sha256, name, path, stats);
  }

  /** Touched, restored from a backup or moved to another file system: other times and inodes, the same bytes. */
  function healed(
    sha256: string,
    name: string,
    path: string,
    stats: BigIntStats,
  ): string | undefined {
    const found = rehashObject(path);
    if (found.is === 'gone') return lost(sha256, name);
    if (found.is === 'unreadable') {
      return passOver(sha256, name, stats, `it cannot be read (${errorCode(found.error)})`);
    }
    if (found.is === 'changing' || found.sha256 !== sha256) {
      return takeAway(sha256, name, path, stats);
    }
    try {
      protect(path);
      return basename(place(path, sha256, stats, name));
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      if (code === 'ENOENT') return lost(sha256, name);
      // A store that may only be read, or another user's: what was read is right, whatever it is called.
      judged.set(name, { stamp: formatObjectName(sha256, stats), is: 'sound' });
      return name;
    }
  }

  function passOver(sha256: string, name: string, stats: BigIntStats, why: string): undefined {
    judged.set(name, { stamp: formatObjectName(sha256, stats), is: 'unusable' });
    onUnusable(pathOf(name), why);
    return undefined;
  }

  function lost(sha256: string, name: string): undefined {
    folders.removed(sha256, name);
    return undefined;
  }

  function takeAway(
    sha256: string,
    name: string,
    path: string,
    stats: BigIntStats,
    damage?: string,
  ): undefined {
    const change = damage ?? describeObjectChange(name, stats);
    const quarantined = join(quarantine, name);
    folders.removed(sha256, name);
    try {
      makeFolders(quarantine);
      renameSync(path, quarantined);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      if (isPermissionError(error)) {
        const why = `${change}, and it cannot be taken away (${errorCode(error)})`;
        return passOver(sha256, name, stats, why);
      }
      throw fileError('quarantine an object of the store that was changed', path, error);
    }
    const isDamage = damage !== undefined;
    onChanged({ sha256, object: path, quarantined, change, isDamage, ino: String(stats.ino) });
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
    takeOut(name, change) {
      const path = pathOf(name);
      const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      damaged.add(name);
      if (stats !== undefined) takeAway(name.slice(0, 64), name, path, stats, change);
    },
    add(file, digest) {
      const { sha256, size } = digest;
      if (!isSha256(sha256)) throw new TypeError(`not a sha256: ${sha256}`);
      try {
        const name = find(sha256, size);
        const existing = name === undefined ? undefined : pathOf(name);
        if (existing === file) return existing;
        const stats = lstatSync(file, { bigint: true });
        requireSameFile(file, stats, digest);
        // Touched, so that nobody cleans it away as one that was not used for long.
        if (existing !== undefined && (touchObject(existing) || isThere(existing))) {
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

/** Read-only again, when it is ours to say. */
function protect(path: string): void {
  try {
    chmodSync(path, 0o444);
  } catch (error) {
    // Another user's object on a shared store, or a read-only store: whoever owns it protects it.
    if (!['EPERM', 'EACCES', 'EROFS', 'ENOENT'].includes(errorCode(error) ?? '')) throw error;
  }
}
