import { joinPath } from '../../../bucket/bucket-path.ts';
import type { FetchFile } from '../../mirror.ts';
import { groupByFolder } from './growth.ts';

/** Fewer files of a folder than these are named one by one: naming the folder would save nothing to speak of. */
const MANY_FILES = 16;

/** How many regular files a folder has on the mirror, as last listed; undefined when it was not listed whole. */
export type CountFiles = (folder: string) => number | undefined;

/** What to write into `--files-from`. */
export interface NamesToFetch {
  names: readonly string[];
  /** True when some of them are folders, so that files may come that were not asked for. */
  hasFolders: boolean;
}

/**
 * Names whole folders where every file in them is wanted. rsync holds each name it receives to each name it asked for
 * (since 3.2.5, against servers that send what nobody wanted), so 4,000 names cost 0.35 s and 40,000 a hundred times as
 * much; a folder is one name. A folder's own name means the files directly in it (`--dirs`, which --files-from implies).
 */
export function selectNamesToFetch(files: readonly FetchFile[], countIn: CountFiles): NamesToFetch {
  const names: string[] = [];
  let hasFolders = false;
  for (const [folder, inside] of groupByFolder(files.map(({ path }) => path))) {
    if (inside.size >= MANY_FILES && countIn(folder) === inside.size) {
      names.push(folder === '' ? './' : `${folder}/`);
      hasFolders = true;
    } else {
      for (const name of inside) names.push(joinPath(folder, name));
    }
  }
  return { names, hasFolders };
}
