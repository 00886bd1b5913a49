import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../platform/files/file-error.ts';
import { objectFolder, objectFolderNumber } from './object-name.ts';

/** The names in the folders of objects, each read once and again when it changed and something was missed in it. */
export interface ObjectFolders {
  /** Names of objects with this content, as last read. */
  names(sha256: string): readonly string[];
  /** Reads the folder again if others may have changed it. True when it did. */
  refresh(sha256: string): boolean;
  /** A change of our own. */
  added(sha256: string, name: string): void;
  removed(sha256: string, name: string): void;
}

interface Folder {
  /** By sha256: one name, or several where two processes took the same content in at once. */
  names: Map<string, string | readonly string[]>;
  /** Of the folder when it was read; undefined when there was none. */
  mtimeNs: bigint | undefined;
  /** False when it was changed so shortly before it was read that one more change might have left its time as it is. */
  settled: boolean;
}

/** File systems keep times of folders in steps of up to two seconds (FAT; ext4 has 4 ms). */
const COARSEST_TIME_MS = 2_000;

export function createObjectFolders(objects: string): ObjectFolders {
  const folders: (Folder | undefined)[] = new Array(64);

  function folderOf(sha256: string): Folder {
    const number = objectFolderNumber(sha256);
    let folder = folders[number];
    if (folder === undefined) {
      folder = read(join(objects, objectFolder(sha256)));
      folders[number] = folder;
    }
    return folder;
  }

  return {
    names(sha256) {
      // A name is found only for what an object is called after: nothing else needs to be looked at.
      const number = objectFolderNumber(sha256);
      return number >= 0 && number < 64 ? namesOf(folderOf(sha256).names, sha256) : NONE;
    },
    refresh(sha256) {
      const number = objectFolderNumber(sha256);
      const known = folders[number];
      const path = join(objects, objectFolder(sha256));
      if (known?.settled === true) {
        const mtimeNs = lstatSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
        if (mtimeNs === known.mtimeNs) return false;
      }
      folders[number] = read(path);
      return true;
    },
    added(sha256, name) {
      add(folderOf(sha256).names, sha256, name);
    },
    removed(sha256, name) {
      const { names } = folderOf(sha256);
      names.set(
        sha256,
        namesOf(names, sha256).filter((other) => other !== name),
      );
    },
  };
}

function read(path: string): Folder {
  const mtimeNs = lstatSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const names: Folder['names'] = new Map();
  for (const name of list(path)) add(names, name.slice(0, 64), name);
  const settled =
    mtimeNs === undefined || Date.now() - Number(mtimeNs / 1_000_000n) > COARSEST_TIME_MS;
  return { names, mtimeNs, settled };
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function add(names: Folder['names'], sha256: string, name: string): void {
  const known = namesOf(names, sha256);
  if (known === NONE || known.length === 0) names.set(sha256, name);
  else if (!known.includes(name)) names.set(sha256, [...known, name]);
}

const NONE: readonly string[] = [];

function namesOf(names: Folder['names'], sha256: string): readonly string[] {
  const known = names.get(sha256);
  if (known === undefined) return NONE;
  return typeof known === 'string' ? [known] : known;
}
