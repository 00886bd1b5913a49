import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { baseName, folderOf, joinPath } from '../../../bucket/bucket-path.ts';
import { RSYNC_PARTIAL_FOLDER } from '../output/own-names.ts';

/** Folders looked at in one turn: however many wait, a turn stays cheap. */
const FOLDERS_A_TURN = 64;

/** rsync's name for a file that it is receiving: `.NAME.XXXXXX` (receiver.c, get_tmpname()), in the file's folder. */
const TEMPORARY = /^\.(.+)\.[A-Za-z0-9]{6}$/s;

/** The name a temporary file of rsync will get; undefined for any other file. */
export function parseTemporaryName(name: string): string | undefined {
  return TEMPORARY.exec(name)?.[1];
}

/** Path of the partial data kept for a file. */
export function partialDataPath(path: string): string {
  return `${joinPath(folderOf(path), RSYNC_PARTIAL_FOLDER)}/${baseName(path)}`;
}

/** Paths by folder, each folder's names as a set. */
export function groupByFolder(paths: Iterable<string>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = folderOf(path);
    const names = folders.get(folder);
    if (names === undefined) folders.set(folder, new Set([baseName(path)]));
    else names.add(baseName(path));
  }
  return folders;
}

/**
 * Sees how far the file is that rsync is receiving, by its temporary file, or by its partial data: one large file would otherwise show
 * no progress until it is complete.
 */
export class GrowthWatch {
  readonly #staging: string;
  /** Bytes that were there before, by path: rsync copies them first, they do not come over the wire. */
  readonly #before: ReadonlyMap<string, number>;
  /** Size and time of each file that was looked at. */
  readonly #states = new Map<string, string>();
  readonly #sizes = new Map<string, number>();
  #turn = 0;

  constructor(staging: string, before: ReadonlyMap<string, number>) {
    this.#staging = staging;
    this.#before = before;
  }

  /**
   * Bytes received of files not yet complete, whether that changed since the last look, and the size of each of these files so
   * far.
   */
  async measure(
    waiting: Iterable<string>,
  ): Promise<{ inFlight: number; changed: boolean; sizes: ReadonlyMap<string, number> }> {
    const folders = [...groupByFolder(waiting)];
    const start =
      folders.length > FOLDERS_A_TURN ? (this.#turn++ * FOLDERS_A_TURN) % folders.length : 0;
    let inFlight = 0;
    let changed = false;
    const see = async (path: string, at: string) => {
      const { size, time } = await stateOf(at);
      const state = `${size} ${time}`;
      changed ||= this.#states.get(at) !== state;
      this.#states.set(at, state);
      this.#sizes.set(path, size);
      inFlight += Math.max(0, size - (this.#before.get(path) ?? 0));
    };
    for (const [folder, names] of folders.slice(start, start + FOLDERS_A_TURN)) {
      for (const entry of await namesIn(join(this.#staging, folder))) {
        const name = parseTemporaryName(entry);
        if (name === undefined) continue;
        const at = join(this.#staging, folder, entry);
        if (names.has(name)) await see(joinPath(folder, name), at);
        // Not asked for, in a folder that was: no progress, but it must not fill the disk.
        else this.#sizes.set(joinPath(folder, name), (await stateOf(at)).size);
      }
      // A file that is gone on with grows where its partial data is.
      for (const name of await namesIn(join(this.#staging, folder, RSYNC_PARTIAL_FOLDER))) {
        if (!names.has(name)) continue;
        await see(joinPath(folder, name), join(this.#staging, folder, RSYNC_PARTIAL_FOLDER, name));
      }
    }
    return { inFlight, changed, sizes: this.#sizes };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // rsync has not made the folder yet: nothing is being received there.
    return [];
  }
}

async function stateOf(path: string): Promise<{ size: number; time: number }> {
  try {
    const { size, mtimeMs } = await lstat(path);
    return { size, time: mtimeMs };
  } catch {
    // Renamed between the two looks: it is complete, and its own line tells of it.
    return { size: 0, time: 0 };
  }
}
