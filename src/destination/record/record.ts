import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { findPathProblem } from '../../bucket/safe-path.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import { readRegularFile } from '../../platform/files/read-regular-file.ts';
import type { Log } from '../../platform/log.ts';
import { reservedNameError } from '../check/destination-errors.ts';
import type { RecordEntry } from '../destination-file.ts';
import { statIfExists } from './file-status.ts';
import { placeInDestination, RECORD_NAME } from './layout.ts';
import { createTemporaryFiles } from './temporary-files.ts';

/** `@tfcache.json`: everything tfcache put into a destination. */
export interface DestinationRecord {
  /**
   * By place. While a run is at work a place may have two: what stood there, and what is to stand there; a run that is
   * killed leaves either, and both are known as ours.
   */
  entries: Map<string, readonly RecordEntry[]>;
  /** Folders that tfcache made, by place. */
  folders: Set<string>;
  /** The job that filled the destination last; undefined outside of jobs. */
  job: string | undefined;
}

/** Above the record of 500,000 files. A checkout may hold any file of this name. */
const MAX_RECORD_BYTES = 256 * 1024 * 1024;

const DIGITS = v.pipe(v.string(), v.regex(/^-?\d{1,20}$/));
const SAFE_PATH = v.pipe(
  v.string(),
  v.check((path) => findPathProblem(path) === undefined),
);
const COUNT = v.pipe(v.number(), v.safeInteger());
const ENTRY = v.object({
  bucket: v.string(),
  path: SAFE_PATH,
  size: COUNT,
  mtime: v.optional(COUNT),
  etag: v.optional(v.string()),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  mtimeNs: v.optional(DIGITS),
  ino: v.optional(DIGITS),
  adopted: v.optional(v.boolean()),
});
const RECORD = v.object({
  version: v.literal(1),
  job: v.optional(v.string()),
  folders: v.array(SAFE_PATH),
  files: v.array(v.unknown()),
});

/**
 * What tfcache put into a destination; empty when it put nothing there. A record that is damaged counts as none: then
 * whatever has the right bytes is taken as it is, and nothing is removed.
 *
 * @throws TfcacheError `failed` for the record of a newer tfcache, and for what is no file.
 */
export function readDestinationRecord(destination: string, log: Log): DestinationRecord {
  const file = join(destination, RECORD_NAME);
  const empty: DestinationRecord = { entries: new Map(), folders: new Set(), job: undefined };
  const text = readText(file);
  if (text === undefined) return empty;
  try {
    const data: unknown = JSON.parse(text);
    refuseOtherVersion(data, file);
    const { files, folders, job } = v.parse(RECORD, data);
    const entries = new Map<string, RecordEntry[]>();
    // One by one: what is checked is a copy, and a hundred thousand of them need not be there twice.
    for (const unchecked of files) {
      const entry = v.parse(ENTRY, unchecked);
      const place = placeInDestination(entry);
      const known = entries.get(place);
      if (known === undefined) entries.set(place, [entry]);
      else known.push(entry);
    }
    return { entries, folders: new Set(folders), job };
  } catch (error) {
    if (error instanceof TfcacheError && error.code === 'failed') throw error;
    log.warning(
      `${file} is damaged: files that are there are taken by their content, and none is removed.`,
    );
    return empty;
  }
}

/** What is to be recorded: entries are asked for one by one. */
export interface RecordToWrite {
  entries: Iterable<RecordEntry>;
  folders: ReadonlySet<string>;
  job: string | undefined;
}

/** At once: the old record or the new one is there. A line a file, written some at a time: it may hold a hundred thousand. */
export function writeDestinationRecord(destination: string, record: RecordToWrite): void {
  const file = join(destination, RECORD_NAME);
  const drafts = createTemporaryFiles(destination);
  try {
    const draft = drafts.next();
    const descriptor = openSync(draft, 'wx');
    try {
      for (const text of chunksOf(record)) writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    throw fileError('write the record of what is in the destination', file, error);
  } finally {
    drafts.remove();
  }
}

const CHARACTERS_AT_ONCE = 256 * 1024;

function* chunksOf({ entries, folders, job }: RecordToWrite): Generator<string> {
  const owner = job === undefined ? '' : `"job":${JSON.stringify(job)},`;
  let text = `{"version":1,${owner}"folders":${JSON.stringify([...folders].sort())},"files":[`;
  let separator = '\n';
  for (const entry of entries) {
    text += separator + formatEntry(entry);
    separator = ',\n';
    if (text.length > CHARACTERS_AT_ONCE) {
      yield text;
      text = '';
    }
  }
  yield `${text}\n]}\n`;
}

/** As `JSON.stringify` would, in a third of the time. */
function formatEntry(entry: RecordEntry): string {
  const { bucket, path, size, mtime, etag, sha256, mtimeNs, ino, adopted } = entry;
  const time = mtime === undefined ? '' : `,"mtime":${mtime}`;
  const tag = etag === undefined ? '' : `,"etag":${JSON.stringify(etag)}`;
  const stats =
    mtimeNs === undefined || ino === undefined ? '' : `,"mtimeNs":"${mtimeNs}","ino":"${ino}"`;
  const whose = adopted === true ? ',"adopted":true' : '';
  return `{"bucket":${JSON.stringify(bucket)},"path":${JSON.stringify(path)},"size":${size}${time}${tag},"sha256":"${sha256}"${stats}${whose}}`;
}

function readText(file: string): string | undefined {
  try {
    const stats = statIfExists(file);
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw reservedNameError(file, 'a file', stats);
    return readRegularFile(file, {
      what: 'record of the destination',
      maxBytes: MAX_RECORD_BYTES,
      links: 'refused',
    })?.toString();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError('read the record of what is in the destination', file, error);
  }
}

function refuseOtherVersion(data: unknown, where: string): void {
  const version = v.safeParse(v.object({ version: v.number() }), data);
  if (!version.success || version.output.version === 1) return;
  throw new TfcacheError('format-unsupported', 'A newer tfcache filled this destination.', {
    where,
    expected: 'version 1',
    found: `version ${version.output.version}`,
    hint: 'Use that tfcache, or another path.',
  });
}
