import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listNames } from '../../platform/files/list-names.ts';
import { parseObjectName } from './object-name.ts';

/** An object as its folder lists it. */
export interface ListedObject {
  /** Absolute path. */
  path: string;
  name: string;
  sha256: string;
  /** Bytes, as they were verified. */
  size: number;
}

/** What stands among the objects. */
export interface ObjectListing {
  objects: ListedObject[];
  /** Absolute paths of what is no object: nobody but tfcache should write there. */
  strangers: string[];
}

/** Every object, by its name alone: one read a folder, no look at a file. */
export async function listObjects(version: string): Promise<ObjectListing> {
  const root = join(version, 'objects');
  const objects: ListedObject[] = [];
  const strangers: string[] = [];
  for (const folder of listNames(root)) {
    const path = join(root, folder);
    if (!/^[0-3][0-9a-f]$/.test(folder)) {
      strangers.push(path);
      continue;
    }
    for (const name of listNames(path)) {
      const parsed = parseObjectName(name);
      const file = join(path, name);
      if (parsed === undefined) strangers.push(file);
      else objects.push({ path: file, name, sha256: parsed.sha256, size: parsed.size });
    }
    await nextTurn();
  }
  return { objects, strangers };
}

/** What is in a folder at any depth. */
export interface FolderTotal {
  files: number;
  bytes: number;
}

/** Files below a folder and their bytes; none when there is no such folder. */
export function measureFolder(folder: string): FolderTotal {
  const total: FolderTotal = { files: 0, bytes: 0 };
  for (const name of listNames(folder)) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (stats.isDirectory()) {
      const inside = measureFolder(path);
      total.files += inside.files;
      total.bytes += inside.bytes;
    } else {
      total.files += 1;
      total.bytes += stats.size;
    }
  }
  return total;
}
