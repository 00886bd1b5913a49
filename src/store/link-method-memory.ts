import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../platform/files/file-error.ts';
import { listNames } from '../platform/files/list-names.ts';
import { makeFolders } from '../platform/files/make-folders.ts';
import type { LinkMethod, LinkMethodMemory } from './store.ts';

/** A copy is what is left when neither works, which may be mended tomorrow: it is not remembered. */
const LINKS: readonly LinkMethod[] = ['reflink', 'hardlink'];

/**
 * Notes are files without content below `v1/methods`, whose names tell all: `FROM.TO.METHOD`, a file system by its device number
 * and type. Device numbers change when a machine starts anew, and what is noted may not work any more: it is only what to
 * try first.
 *
 * @param version the store's `v1` folder.
 */
export function createLinkMethodMemory(version: string): LinkMethodMemory {
  const notes = join(version, 'methods');
  const pairOf = (folder: string) => `${fileSystemOf(version)}.${fileSystemOf(folder)}`;
  return {
    recall(folder) {
      const pair = pairOf(folder);
      const names = listNames(notes);
      return LINKS.find((method) => names.includes(`${pair}.${method}`));
    },
    remember(folder, method) {
      const pair = pairOf(folder);
      try {
        makeFolders(notes);
        for (const other of LINKS) {
          if (other !== method) rmSync(join(notes, `${pair}.${other}`), { force: true });
        }
        if (method !== 'copy') writeFileSync(join(notes, `${pair}.${method}`), '');
      } catch (error) {
        // A store that may only be read, or is on a full disk, can be used all the same: the next run tries again.
        if (errorCode(error) === undefined) throw error;
      }
    },
  };
}

/** A device number may be that of another file system the next time; its type (`f_type` of statfs(2)) tells some apart. */
function fileSystemOf(folder: string): string {
  return `${statSync(folder).dev.toString(16)}-${statfsSync(folder).type.toString(16)}`;
}
