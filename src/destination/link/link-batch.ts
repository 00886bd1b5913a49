import { linkSync, lstatSync, mkdirSync } from 'node:fs';
import { errorCode } from '../../platform/files/file-error.ts';
import type { LinkBatch } from './link-message.ts';

/**
 * Makes folders and hard links. Why one could not be made is found out by whoever ordered it, who tries again.
 *
 * @returns numbers of the links that could not be made.
 */
export function makeLinkBatch({ first, folders, objects, targets }: LinkBatch): number[] {
  const failed: number[] = [];
  if (!folders.every(makeFolder)) return Array.from(objects, (_, index) => first + index);
  for (const [index, object] of objects.entries()) {
    if (!attempt(() => linkSync(object, targets[index] ?? ''))) failed.push(first + index);
  }
  return failed;
}

/** Whether it is there now. A symbolic link that somebody put there meanwhile is no folder of ours. */
function makeFolder(folder: string): boolean {
  return (
    attempt(() => mkdirSync(folder)) ||
    lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
  );
}

/** Whether the system did it. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
