import { TfcacheError } from '../error.ts';
import type { Standing } from './standing.ts';

// What can stand between a set of files and a destination, each with the way around it.

export function collision(
  what: string,
  expected: string | undefined,
  found: string | undefined,
): TfcacheError {
  return new TfcacheError('usage', `These files cannot stand in one folder: ${what}.`, {
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    hint: 'Ask for them in two steps with a path each, or leave one out with a narrower request or a filter.',
  });
}

export function destinationIsNoFolder(folder: string, cause?: unknown): TfcacheError {
  return new TfcacheError('usage', 'The destination is not a folder.', {
    where: folder,
    hint: 'Name a folder as path, or move away the file that has this name.',
    cause,
  });
}

export function notAFolder(path: string, isLink: boolean): TfcacheError {
  return new TfcacheError(
    'failed',
    isLink
      ? 'A folder in the destination is a symbolic link; nothing is written through it.'
      : 'A file stands where the destination needs a folder.',
    { where: path, hint: 'Move it away, or choose another path for the artifacts.' },
  );
}

export function userFilesInTheWay(files: readonly string[]): TfcacheError {
  const shown = files.slice(0, 5).join('\n            ');
  return new TfcacheError(
    'failed',
    files.length === 1
      ? 'A file that tfcache did not put there is in the way. Nothing was changed.'
      : `${files.length} files that tfcache did not put there are in the way. Nothing was changed.`,
    {
      where: files.length > 5 ? `${shown}\n            …` : shown,
      hint: 'Move or remove what is in the way, or choose another path for the artifacts.',
    },
  );
}

/** What stands there, for the message. */
export function describeStanding(standing: Standing): string {
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
