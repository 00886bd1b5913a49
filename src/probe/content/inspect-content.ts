import { ValiError } from 'valibot';
import { joinPath } from '../../bucket/bucket-path.ts';
import { getErrorMessage } from '../../platform/error.ts';
import type { Freshness, NameList } from '../report/report.ts';
import { evaluateSync, type FreshnessLimit, UNKNOWN_FRESHNESS } from '../status/freshness.ts';
import { MAX_TRACE_BYTES, parseTrace, TRACE_FOLDER, TRACE_PATH } from '../status/trace.ts';
import type { ContentFolder, ContentReader } from './content-reader.ts';
import { truncateNames } from './names.ts';

/** What a mirror lists of a bucket. */
export interface MirrorContent {
  /** Undefined when there is no such folder. */
  names: NameList | undefined;
  freshness: Freshness;
  note: string | undefined;
}

/** Folders looked into for the newest file, in all: enough for a guess, and few requests. */
const MAX_FOLDER_COUNT = 4;
const MAX_DEPTH = 3;

/**
 * Lists the top of a bucket; reads the trace if there is one; without one, looks for the newest file in a few folders.
 *
 * @throws TfcacheError when the top cannot be listed. What fails after that is told as a note.
 */
export async function inspectContent(
  shelf: ContentReader,
  limit: FreshnessLimit,
  signal: AbortSignal,
): Promise<MirrorContent> {
  const [top] = await shelf.listFolders([''], signal);
  if (top?.exists !== true)
    return { names: undefined, freshness: UNKNOWN_FRESHNESS, note: undefined };
  const folders = top.folders.toSorted().map((folder) => `${folder}/`);
  const files = top.files.map(({ path }) => path).toSorted();
  const names = truncateNames([...folders, ...files]);
  try {
    const traced = top.folders.includes(TRACE_FOLDER)
      ? await readTrace(shelf, limit, signal)
      : undefined;
    if (traced !== undefined) return { names, freshness: traced, note: undefined };
    const newestFile = await findNewestMtime(shelf, top, signal);
    return { names, freshness: { ...UNKNOWN_FRESHNESS, newestFile }, note: undefined };
  } catch (error) {
    const why = getErrorMessage(error);
    return {
      names,
      freshness: UNKNOWN_FRESHNESS,
      note: `How fresh it is was not found out: ${why}`,
    };
  }
}

async function readTrace(
  shelf: ContentReader,
  limit: FreshnessLimit,
  signal: AbortSignal,
): Promise<Freshness | undefined> {
  const text = await shelf.readText(TRACE_PATH, MAX_TRACE_BYTES, signal);
  if (text === undefined) return undefined;
  try {
    const synced = parseTrace(text);
    return synced === undefined ? undefined : evaluateSync(synced, TRACE_PATH, limit);
  } catch (error) {
    // Of another form or version: as good as none.
    if (error instanceof ValiError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Goes down level by level until there are files; each level is one request to a daemon. */
async function findNewestMtime(
  shelf: ContentReader,
  top: ContentFolder,
  signal: AbortSignal,
): Promise<number | undefined> {
  let level: readonly ContentFolder[] = [top];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const times = level.flatMap(({ files }) => files.flatMap(({ mtime }) => mtime ?? []));
    if (times.length > 0) return times.reduce((newest, time) => Math.max(newest, time));
    const next = level
      .flatMap(({ folder, folders }) => folders.toSorted().map((name) => joinPath(folder, name)))
      .slice(0, MAX_FOLDER_COUNT);
    if (next.length === 0) return undefined;
    level = await shelf.listFolders(next, signal);
  }
  return undefined;
}
