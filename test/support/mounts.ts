import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * A small file system in memory, unmounted when the test has finished; undefined where this machine does not let us mount
 * (not root, a container without the capability).
 *
 * @param options of mount(8): `size=1m`.
 */
export function mountSmall(options: string): string | undefined {
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

/** Mounts the same file system anew with other options, for example `ro`. */
export function remount(folder: string, options: string): void {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${options}`, folder]);
  if (status !== 0) throw new Error(`could not remount ${folder}: ${stderr}`);
}

export const CANNOT_MOUNT = 'this machine does not let the test mount a file system';
