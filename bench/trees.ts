import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MIB = 1024 * 1024;

/** A file of random bytes: nothing can compress it or find it twice. */
export function writeRandom(file: string, size: number): void {
  const block = Buffer.allocUnsafeSlow(Math.min(size, 8 * MIB));
  const descriptor = openSync(file, 'w');
  for (let written = 0; written < size; written += block.length) {
    randomFillSync(block);
    writeSync(descriptor, block, 0, Math.min(block.length, size - written));
  }
  closeSync(descriptor);
}

/** 4 files of 256 MiB. */
export function writeLargeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const number of [1, 2, 3, 4]) writeRandom(join(folder, `large-${number}.bin`), 256 * MIB);
}

/** `count` files of `size` bytes in folders of 100. */
export function writeSmallFiles(folder: string, count: number, size: number): void {
  const bytes = Buffer.allocUnsafe(size);
  for (let number = 0; number < count; number += 1) {
    const inside = join(folder, `folder-${Math.floor(number / 100)}`);
    if (number % 100 === 0) mkdirSync(inside, { recursive: true });
    randomFillSync(bytes);
    writeFileSync(join(inside, `small-${number}.bin`), bytes);
  }
}
