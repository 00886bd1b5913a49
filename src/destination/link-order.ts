import { linkSync, mkdirSync } from 'node:fs';
import { errorCode } from '../store/file-error.ts';
import type { LinkOrder } from './link-message.ts';

/**
 * Makes folders and hard links. Why one could not be made is found out by whoever ordered it, who tries again.
 *
 * @returns numbers of the links that could not be made.
 */
export function carryOutOrder({ first, folders, objects, targets }: LinkOrder): number[] {
  for (const folder of folders) attempt(() => mkdirSync(folder));
  const failed: number[] = [];
  for (const [index, object] of objects.entries()) {
    if (!attempt(() => linkSync(object, targets[index] ?? ''))) failed.push(first + index);
  }
  return failed;
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
