import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFileSync } from '../../../src/platform/hashing/hash-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const digestOf = (algorithm: string, bytes: Uint8Array) =>
  createHash(algorithm).update(bytes).digest('hex');

test.each([0, 1, 999, 1000, 1001, 2000, 5555])('hashes %i bytes with a buffer of 1000', (size) => {
  const file = join(temporaryFolder(), 'file');
  const bytes = randomBytes(size);
  writeFileSync(file, bytes);
  const algorithms = ['sha512', 'sha384', 'sha256', 'sha224', 'sha1', 'md5'] as const;
  expect(hashFileSync(file, new Uint8Array(1000), algorithms)).toMatchObject({
    size,
    ...Object.fromEntries(algorithms.map((name) => [name, digestOf(name, bytes)])),
  });
});

test('computes other digests than sha256 only when asked', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'abc');
  const hashed = hashFileSync(file, new Uint8Array(1000), ['sha384']);
  expect(Object.keys(hashed).sort()).toEqual(['ino', 'sha256', 'sha384', 'size']);
});

test('refuses what is not a regular file', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  expect(() => hashFileSync(join(folder, 'folder'), new Uint8Array(1000))).toThrow(
    /EISDIR|regular/,
  );
});
