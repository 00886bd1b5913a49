import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHashPool, type HashPoolOptions } from '../../../src/platform/hashing/hash-pool.ts';
import { startChild } from '../../support/child.ts';
import { AWKWARD_NAMES } from '../../support/names.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf } from '../../support/thrown.ts';

function openPool(options: HashPoolOptions = { maxThreads: 2 }) {
  const pool = createHashPool(options);
  onTestFinished(() => pool.close());
  return pool;
}

test('hashes many files at once, each with its own digest, whatever they are called', async () => {
  const folder = temporaryFolder();
  const files = Array.from({ length: 300 }, (_, index) => ({
    file: join(folder, `${index}-${AWKWARD_NAMES[index % AWKWARD_NAMES.length]}`),
    bytes: randomBytes(index % 7 === 0 ? 400_000 : index * 10),
  }));
  for (const { file, bytes } of files) writeFileSync(file, bytes);
  const pool = openPool();
  const digests = await Promise.all(files.map(({ file }) => pool.digest(file, ['md5'])));
  for (const [index, { bytes }] of files.entries()) {
    expect(digests[index]).toMatchObject({
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      md5: createHash('md5').update(bytes).digest('hex'),
    });
  }
});

test('a file that cannot be read fails alone', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'good'), 'abc');
  mkdirSync(join(folder, 'folder'));
  const pool = openPool();
  const [gone, notAFile, good] = await Promise.all([
    rejectionOf(pool.digest(join(folder, 'gone'))),
    rejectionOf(pool.digest(join(folder, 'folder'))),
    pool.digest(join(folder, 'good')),
  ]);
  expect(gone).toMatchObject({ code: 'failed', where: join(folder, 'gone') });
  expect(gone.message).toContain('does not exist');
  expect(notAFile).toMatchObject({ code: 'failed', where: join(folder, 'folder') });
  expect(good.size).toBe(3);
});

test('a worker that cannot start fails what it was given, and the pool goes on failing rather than hanging', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'abc');
  const pool = openPool({
    maxThreads: 1,
    workerUrl: new URL(`file://${folder}/no-such-worker.js`),
  });
  const [first, second] = await Promise.all([
    rejectionOf(pool.digest(join(folder, 'file'))),
    rejectionOf(pool.digest(join(folder, 'file'))),
  ]);
  expect(first.message).toContain('hashing thread');
  expect(second.message).toContain('hashing thread');
});

test('closing rejects what is not done, and nothing more is taken', async () => {
  const folder = temporaryFolder();
  const files = Array.from({ length: 200 }, (_, index) => join(folder, String(index)));
  for (const file of files) writeFileSync(file, randomBytes(100_000));
  const pool = createHashPool({ maxThreads: 1 });
  const settled = Promise.allSettled(files.map((file) => pool.digest(file)));
  await pool.close();
  expect((await settled).some(({ status }) => status === 'rejected')).toBe(true);
  expect((await rejectionOf(pool.digest(join(folder, '0')))).message).toContain('closed');
});

test('an idle pool does not keep the process alive, one at work does', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), randomBytes(5_000_000));
  const child = startChild(new URL('./hash-pool-child.ts', import.meta.url), [
    join(folder, 'file'),
  ]);
  const { code, output } = await child.ended();
  expect({ code, output }).toEqual({ code: 0, output: 'first 5000000\nsecond 5000000\n' });
});

test('closing while threads answer does not let the process end before its work is done', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'abc');
  const child = startChild(new URL('./close-child.ts', import.meta.url), [
    join(folder, 'file'),
    '4',
  ]);
  expect(await child.ended()).toEqual({ code: 0, signal: null, output: 'closed\n' });
});
