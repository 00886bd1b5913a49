import { type BigIntStats, readlinkSync } from 'node:fs';
import { TfcacheError } from '../../platform/error.ts';
import type { FileStatus } from '../record/file-status.ts';

// What can stand between a set of files and a destination, each with the way around it.

export function collisionError(
  what: string,
  expected: string | undefined,
  found: string | undefined,
): TfcacheError {
  return new TfcacheError('files-conflict', `These files cannot be in one folder: ${what}.`, {
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    hint: 'Ask for them in two steps with a path each, or leave one out with a narrower request or a filter.',
  });
}

export function destinationNotFolderError(folder: string, cause?: unknown): TfcacheError {
  return new TfcacheError('input-invalid', 'The destination is not a folder.', {
    where: folder,
    hint: 'Name a folder as path, or move away the file that has this name.',
    cause,
  });
}

export function notAFolderError(path: string, isLink: boolean): TfcacheError {
  return new TfcacheError(
    'destination-obstructed',
    isLink
      ? 'A folder in the destination is a symbolic link; nothing is written through it.'
      : 'A file stands where the destination needs a folder.',
    { where: path, hint: 'Move it away, or choose another path for the artifacts.' },
  );
}

/**
 * Something else has the name of what tfcache keeps for itself.
 *
 * @param expected what has that name otherwise: `a folder`.
 */
export function reservedNameError(
  path: string,
  expected: string,
  stats: BigIntStats,
): TfcacheError {
  const isLink = stats.isSymbolicLink();
  return new TfcacheError(
    'destination-obstructed',
    isLink
      ? 'A name that tfcache keeps for itself is a symbolic link; nothing is read, written or removed through it.'
      : 'Something else has a name that tfcache keeps for itself.',
    {
      where: path,
      expected: `${expected} that tfcache made, or nothing`,
      found: isLink ? `a symbolic link to ${readlinkSync(path)}` : describeKind(stats),
      hint: isLink
        ? 'Remove the link (rm removes it and leaves what it leads to); when it is in your repository, remove it there and ask who added it.'
        : 'Move it away, or choose another path for the artifacts.',
    },
  );
}

function describeKind(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isFile() ? 'a file' : 'a special file';
}

export function userFilesError(files: readonly string[]): TfcacheError {
  const shown = files.slice(0, 5).join('\n            ');
  return new TfcacheError(
    'destination-obstructed',
    files.length === 1
      ? 'A file that tfcache did not put there is in the way. Nothing was changed.'
      : `${files.length} files that tfcache did not put there are in the way. Nothing was changed.`,
    {
      where: files.length > 5 ? `${shown}\n            …` : shown,
      hint: 'Move or remove what is in the way, or choose another path for the artifacts.',
    },
  );
}

const WRITTEN_MEANWHILE =
  'Something else writes there: let one thing at a time fill a folder, then run again.';

export function fileAppearedError(path: string, cause: unknown): TfcacheError {
  return new TfcacheError(
    'destination-modified',
    'A file appeared in the destination while it was filled.',
    {
      where: path,
      expected: 'nothing',
      hint: WRITTEN_MEANWHILE,
      cause,
    },
  );
}

/** @param standing what stands there now, in place of the file that tfcache put there. */
export function fileChangedError(path: string, standing: FileStatus): TfcacheError {
  return new TfcacheError(
    'destination-modified',
    'A file of the destination was changed while it was filled.',
    {
      where: path,
      expected: 'the file that tfcache put there',
      found: describeFileStatus(standing),
      hint: WRITTEN_MEANWHILE,
    },
  );
}

/** What stands there, for the message. */
export function describeFileStatus(standing: FileStatus): string {
  switch (standing.kind) {
    case 'folder':
      return 'a folder with files of yours';
    case 'other':
      return standing.what;
    case 'foreign':
    case 'changed':
    case 'known':
      return `a file of ${standing.stats.size} bytes with other content`;
    case 'nothing':
      return 'nothing';
  }
}
