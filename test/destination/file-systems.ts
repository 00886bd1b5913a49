import { spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MIB = 1024 * 1024;

/**
 * A file system of this kind in an image of its own, mounted until the test has finished; undefined where this machine has
 * no program to make one, or does not let us mount (not root, no loop devices).
 */
export function mountImage(kind: 'btrfs' | 'xfs' | 'ext4'): string | undefined {
  const folder = temporaryFolder();
  const image = join(folder, 'image');
  const mounted = join(folder, 'mounted');
  mkdirSync(mounted);
  writeFileSync(image, '');
  truncateSync(image, 400 * MIB);
  if (spawnSync(`mkfs.${kind}`, ['-q', image]).status !== 0) return undefined;
  if (spawnSync('mount', ['-o', 'loop', image, mounted]).status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', mounted]));
  return mounted;
}
