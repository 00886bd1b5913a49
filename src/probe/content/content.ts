import { ValiError } from 'valibot';
import { joinPath } from '../../bucket/bucket-path.ts';
import type { Freshness, Names } from '../report/report.ts';
import { type FreshnessLimit, judgeSync, NOTHING_KNOWN } from '../status/freshness.ts';
import { LARGEST_TRACE, parseTrace, TRACE_FOLDER, TRACE_PATH } from '../status/trace.ts';
import { cutNames } from './names.ts';
import type { Shelf, ShelfFolder } from './shelf.ts';

/** What a mirror lists of a bucket. */
export interface Content {
  /** Undefined when there is no such folder. */
  names: Names | undefined;
  freshness: Freshness;
  note: string | undefined;
}

/** Folders looked into for the newest file, in all: enough for a guess, and few requests. */
const MOST_FOLDERS = 4;
const DEEPEST = 3;

/**
 * Lists the top of a bucket; reads the trace if there is one; without one, looks for the newest file in a few folders.
 *
 * @throws TfcacheError when the top cannot be listed. What fails after that is told as a note.
 */
export async function lookInto(
  shelf: Shelf,
  limit: FreshnessLimit,
  signal: AbortSignal,
): Promise<Content> {
  const [top] = await shelf.listFolders([''], signal);
  if (top?.exists !== true) return { names: undefined, freshness: NOTHING_KNOWN, note: undefined };
  const folders = top.folders.toSorted().map((folder) => `${folder}/`);
  const files = top.files.map(({ path }) => path).toSorted();
  const names = cutNames([...folders, ...files]);
  try {
    const traced = top.folders.includes(TRACE_FOLDER)
      ? await readTrace(shelf, limit, signal)
      : undefined;
    if (traced !== undefined) return { names, freshness: traced, note: undefined };
    const newestFile = await findNewest(shelf, top, signal);
    return { names, freshness: { ...NOTHING_KNOWN, newestFile }, note: undefined };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { names, freshness: NOTHING_KNOWN, note: `How fresh it is was not found out: ${why}` };
  }
}

async function readTrace(
  shelf: Shelf,
  limit: FreshnessLimit,
  signal: AbortSignal,
): Promise<Freshness | undefined> {
  const text = await shelf.read(TRACE_PATH, LARGEST_TRACE, signal);
  if (text === undefined) return undefined;
  try {
    const synced = parseTrace(text);
    return synced === undefined ? undefined : judgeSync(synced, TRACE_PATH, limit);
  } catch (error) {
    // Of another form or version: as good as none.
    if (error instanceof ValiError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Goes down level by level until there are files; each level is one request to a daemon. */
async function findNewest(
  shelf: Shelf,
  top: ShelfFolder,
  signal: AbortSignal,
): Promise<number | undefined> {
  let level: readonly ShelfFolder[] = [top];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const times = level.flatMap(({ files }) => files.flatMap(({ mtime }) => mtime ?? []));
    if (times.length > 0) return times.reduce((newest, time) => Math.max(newest, time));
    const next = level
      .flatMap(({ folder, folders }) => folders.toSorted().map((name) => joinPath(folder, name)))
      .slice(0, MOST_FOLDERS);
    if (next.length === 0) return undefined;
    level = await shelf.listFolders(next, signal);
  }
  return undefined;
}
