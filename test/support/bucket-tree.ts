import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** 2022-01-05T05:45:10Z */
export const MTIME = 1_641_361_510;

/** Paths as the bucket `tensorflow` has them, the folder with quotes in its name included. */
export const TREE: Readonly<Record<string, Buffer>> = {
  'linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl':
    randomBytes(123_456),
  'linux/empty': Buffer.alloc(0),
  'linux/libtensorflow.tar.gz': randomBytes(3_000_000),
  'versions/"2.21.0"/a+b & %41 ü;c.whl': randomBytes(999),
  'versions/2.20.0/<x>#y?z.whl': randomBytes(5),
};

/** Writes the tree into a folder that a server's own user may read. */
export function writeTree(folder: string): void {
  for (const [path, data] of Object.entries(TREE)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
    utimesSync(file, MTIME, MTIME);
  }
  chmodSync(folder, 0o755);
}

export function md5(data: Buffer): string {
  return createHash('md5').update(data).digest('hex');
}
