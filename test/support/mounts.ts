import { spawnSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * A file system that takes names which differ only in case for one: ext4 with casefold or vfat, where the kernel has them, else
 * NTFS by FUSE (lowntfs-3g). Undefined where none of them can be mounted.
 */
export function mountFoldingCase(): string | undefined {
  const image = join(temporaryFolder(), 'image');
  const folder = temporaryFolder();
  const ways: readonly (readonly (readonly string[])[])[] = [
    [
      ['mkfs.ext4', '-q', '-F', '-O', 'casefold', '-E', 'encoding=utf8', image],
      ['mount', '-o', 'loop', image, folder],
      ['mkdir', join(folder, 'folded')],
      ['chattr', '+F', join(folder, 'folded')],
    ],
    [
      ['mkfs.vfat', image],
      ['mount', '-o', 'loop', image, folder],
      ['mkdir', join(folder, 'folded')],
    ],
    [
      ['mkntfs', '-q', '-F', image],
      ['lowntfs-3g', image, folder, '-o', 'ignore_case'],
      ['mkdir', join(folder, 'folded')],
    ],
  ];
  for (const commands of ways) {
    writeFileSync(image, '');
    truncateSync(image, 64 * 1024 * 1024);
    const isMounted = commands.every(
      ([program = '', ...args]) => spawnSync(program, args).status === 0,
    );
    if (isMounted) {
      onTestFinished(() => void spawnSync('umount', ['-l', folder]));
      return join(folder, 'folded');
    }
    spawnSync('umount', ['-l', folder]);
  }
  return undefined;
}

export const CANNOT_FOLD = 'no file system that ignores case can be mounted here';

export const CANNOT_MOUNT = 'this machine does not let the test mount a file system';
