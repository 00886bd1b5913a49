import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFileSync } from '../../src/store/hash-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const digestOf = (algorithm: string, bytes: Uint8Array) =>
  createHash(algorithm).update(bytes).digest('hex');

test.each([0, 1, 999, 1000, 1001, 2000, 5555])('hashes %i bytes with a buffer of 1000', (size) => {
  const file = join(temporaryFolder(), 'file');
  const bytes = randomBytes(size);
  writeFileSync(file, bytes);
  expect(hashFileSync(file, new Uint8Array(1000), ['md5'])).toMatchObject({
    size,
    sha256: digestOf('sha256', bytes),
    md5: digestOf('md5', bytes),
  });
});

test('computes md5 only when asked', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'abc');
  expect(hashFileSync(file, new Uint8Array(1000))).not.toHaveProperty('md5');
});

test('refuses what is not a regular file', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  expect(() => hashFileSync(join(folder, 'folder'), new Uint8Array(1000))).toThrow(
    /EISDIR|regular/,
  );
});
