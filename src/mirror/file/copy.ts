import { type BigIntStats, constants, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { chmod, copyFile as cloneFile, type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import { throwIfCancelled } from '../cancelled.ts';
import type { FetchFile } from '../mirror.ts';
import { PartialFile, STAGING_PARTIAL_FOLDER } from '../partial/partial-file.ts';
import { isStaged } from '../partial/staged.ts';
import { resolveInside } from './links.ts';
import { createShareError, resolveRealRoot } from './list.ts';

/** Bytes read at once. */
const BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * Brings one file of a share into staging.
 *
 * @throws TfcacheError `integrity` when it is not the file that was listed or changes under the copy, `no-mirror` when the
 *   share cannot be read, `no-space`.
 */
export async function copyFileToStaging(
  root: string,
  file: FetchFile,
  staging: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<'complete' | 'missing'> {
  throwIfCancelled(signal);
  const target = join(staging, file.path);
  if (isStaged(staging, file)) return 'complete';
  const real = await resolveRealRoot(root);
  const opened = await openInside(real, file.path);
  if (opened === undefined) return 'missing';
  const { source, place } = opened;
  try {
    const before = await version(source);
    if (before.size !== file.size) throw changed(place, file, `${before.size} bytes`);
    const mtime = file.mtime ?? before.mtime;
    const cloned = join(staging, STAGING_PARTIAL_FOLDER, 'clone');
    if (await clone(place, cloned)) {
      await checkUnchanged(source, before.text, place, file, () => rmSync(cloned, { force: true }));
      onBytes(file.size);
      putInPlace(cloned, target, mtime);
      return 'complete';
    }
    const partial = new PartialFile(staging, file.path, file.size);
    await copyRest(source, before.text, partial, onBytes, signal);
    await checkUnchanged(source, before.text, place, file, () => partial.discard());
    await partial.complete(mtime);
    return 'complete';
  } finally {
    await source.close();
  }
}

/** Opens a file that is inside of the mirror, links followed; undefined if there is no regular file. */
async function openInside(
  real: string,
  path: string,
): Promise<{ source: FileHandle; place: string } | undefined> {
  let handle: FileHandle | undefined;
  try {
    const place = await resolveInside(real, path);
    if (place === undefined) return undefined;
    // A pipe must not hang the job, a link that was put there since must not be followed.
    handle = await open(
      place,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    if ((await handle.stat()).isFile()) return { source: handle, place };
    await handle.close();
    return undefined;
  } catch (error) {
    await handle?.close();
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(errorCode(error) ?? '')) return undefined;
    throw createShareError(join(real, path), error);
  }
}

/** A clone shares the blocks of the share's file until one of the two is written; only some file systems can. */
async function clone(place: string, target: string): Promise<boolean> {
  try {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    await cloneFile(place, target, constants.COPYFILE_FICLONE_FORCE);
    await chmod(target, 0o600);
    return true;
  } catch (error) {
    if (['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(errorCode(error) ?? '')) {
      throw fileError('write a file into staging', target, error);
    }
    // Not on this file system, or not across two: every system has its own code for that.
    return false;
  }
}

async function copyRest(
  source: FileHandle,
  validator: string,
  partial: PartialFile,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await partial.open();
  if (partial.validator !== validator) await partial.clear();
  partial.setVersion(validator, 'file:');
  try {
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    for (const { start, end } of partial.missing) {
      for (let position = start; position < end; ) {
        throwIfCancelled(signal);
        const { bytesRead } = await source.read(
          buffer,
          0,
          Math.min(BUFFER_BYTES, end - position),
          position,
        );
        if (bytesRead === 0) return;
        await partial.write([buffer.subarray(0, bytesRead)], position);
        position += bytesRead;
        onBytes(bytesRead);
      }
    }
  } catch (error) {
    await partial.closeForResume();
    throw error instanceof TfcacheError ? error : createShareError('the share', error);
  }
}

async function checkUnchanged(
  source: FileHandle,
  before: string,
  place: string,
  file: FetchFile,
  discard: () => void | Promise<void>,
): Promise<void> {
  const after = await version(source);
  // A clone is made by name: what has that name must be what was opened.
  if (after.text === before && (await namedVersion(place)) === before) return;
  await discard();
  throw changed(place, file, 'it changed while it was copied');
}

async function version(source: FileHandle) {
  const found = await source.stat({ bigint: true });
  return {
    size: Number(found.size),
    mtime: Number(found.mtimeNs / 1_000_000_000n),
    text: textOf(found),
  };
}

async function namedVersion(place: string): Promise<string | undefined> {
  try {
    return textOf(await lstat(place, { bigint: true }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw createShareError(place, error);
  }
}

/** Tells one version of a file from another. */
function textOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}-${ino}-${size}-${mtimeNs}`;
}

function putInPlace(file: string, target: string, mtime: number): void {
  try {
    utimesSync(file, mtime, mtime);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(file, target);
  } catch (error) {
    throw fileError('put a file into staging', target, error);
  }
}

function changed(place: string, file: FetchFile, found: string): TfcacheError {
  return new TfcacheError('file-changed', `${file.path} is not the file that was listed.`, {
    where: place,
    expected: `${file.size} bytes, unchanged`,
    found,
    hint: 'The share is probably being updated: run again in some minutes.',
  });
}
