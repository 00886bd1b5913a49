import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, tryAcquireLock } from '../../../src/platform/lock/process-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// A checkout can bring any files.
test.each(['999999999999999', '1000000000000'])(
  'refuses a folder with the entry %s',
  async (name) => {
    const folder = join(temporaryFolder(), 'locks');
    mkdirSync(folder);
    writeFileSync(join(folder, name), 'released\n');
    const expected = { reason: 'file-error', where: folder };
    await expect(acquireLock(folder)).rejects.toMatchObject(expected);
    expect(() => tryAcquireLock(folder)).toThrow(expect.objectContaining(expected));
  },
);

test('accepts the highest number', async () => {
  const folder = join(temporaryFolder(), 'locks');
  mkdirSync(folder);
  writeFileSync(join(folder, '999999999999'), 'released\n');
  const lock = await acquireLock(folder);
  expect(lock.isHeld()).toBe(true);
  await lock.release();
});
