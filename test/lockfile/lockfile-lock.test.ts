import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLockfileLock } from '../../src/lockfile/lockfile-lock.ts';
import { requireWritableLockfile } from '../../src/lockfile/require-writable.ts';
import { getCurrentProcess } from '../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../support/thrown.ts';

const { signal } = new AbortController();
const inFolder = () => {
  const folder = temporaryFolder();
  const lockFile = join(folder, 'tfcache.lock');
  return { folder, lockFile, lock: `${lockFile}.write-lock` };
};
const ownedBy = (pid: number, realm = getCurrentProcess().realm) =>
  `${pid}\n${getCurrentProcess().started}\n${realm}\nsome token\n`;
const writeEntry = (lock: string, entry: number, text: string) => {
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, String(entry)), text);
};

test('one process at a time holds the lock, and nothing is left', async () => {
  const { folder, lockFile } = inFolder();
  let holders = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const lock = await acquireLockfileLock(lockFile, signal, { pollMs: 1 });
      holders += 1;
      most = Math.max(most, holders);
      await new Promise((resolve) => setImmediate(resolve));
      expect(lock.isHeld()).toBe(true);
      holders -= 1;
      lock.release();
    }),
  );
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a dead process is taken over at once', async () => {
  const { folder, lockFile, lock } = inFolder();
  writeEntry(lock, 1, ownedBy(spawnSync('true').pid));
  const held = await acquireLockfileLock(lockFile, signal, { staleMs: 1e9, timeoutMs: 1e9 });
  expect(readdirSync(lock)).toEqual(['2']);
  expect(readFileSync(join(lock, '2'), 'utf8')).toContain(`${process.pid}\n`);
  held.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['of an owner on another machine', ownedBy(1, 'elsewhere')],
  ['with an incomplete entry', `${process.pid}`],
])('a lock %s is taken over without a heartbeat', async (_, text) => {
  const { folder, lockFile, lock } = inFolder();
  writeEntry(lock, 1, text);
  const times = { pollMs: 1, staleMs: 10, timeoutMs: 1e9 };
  (await acquireLockfileLock(lockFile, signal, times)).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a living process is not taken over, and a timeout names the owner', async () => {
  const { lockFile, lock } = inFolder();
  writeEntry(lock, 1, ownedBy(process.pid));
  const error = await rejectionOf(
    acquireLockfileLock(lockFile, signal, { pollMs: 1, staleMs: 0, timeoutMs: 10 }),
  );
  expect(error).toMatchObject({
    code: 'failed',
    reason: 'lock-timeout',
    where: lock,
    found: `process ${process.pid}`,
  });
  expect(readFileSync(join(lock, '1'), 'utf8')).toBe(ownedBy(process.pid));
});

test.each([1, 2])(
  'a process whose lock was taken over by entry %i leaves the new owner alone',
  async (entry) => {
    const { lockFile, lock } = inFolder();
    const mine = await acquireLockfileLock(lockFile, signal);
    rmSync(join(lock, '1'));
    writeEntry(lock, entry, ownedBy(process.pid));
    expect(mine.isHeld()).toBe(false);
    mine.release();
    expect(readFileSync(join(lock, String(entry)), 'utf8')).toBe(ownedBy(process.pid));
  },
);

test('the wait for a lock ends with the job', async () => {
  const { lockFile, lock } = inFolder();
  writeEntry(lock, 1, ownedBy(process.pid));
  const controller = new AbortController();
  const waiting = acquireLockfileLock(lockFile, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});

test.each([
  ['a link to a device', '/dev/zero'],
  ['a dangling link', 'nowhere'],
  ['a link to a file', 'tfcache.lock'],
  ['a link to a folder', '.'],
])('%s in place of the lock is refused', async (_, target) => {
  const { lockFile, lock } = inFolder();
  writeFileSync(lockFile, '');
  symlinkSync(target, lock);
  expect(await rejectionOf(acquireLockfileLock(lockFile, signal))).toMatchObject({
    code: 'usage',
    where: lock,
    found: 'a symbolic link',
  });
  expect(thrownBy(() => requireWritableLockfile(lockFile))).toMatchObject({ where: lock });
  expect(readFileSync(lockFile, 'utf8')).toBe('');
});

test('a link to a device in place of an entry is refused', async () => {
  const { lockFile, lock } = inFolder();
  mkdirSync(lock);
  symlinkSync('/dev/zero', join(lock, '1'));
  expect(await rejectionOf(acquireLockfileLock(lockFile, signal))).toMatchObject({
    code: 'usage',
    where: join(lock, '1'),
  });
});

test('everybody who may write to the folder of the lockfile may take the lock over', async () => {
  const { folder, lockFile, lock } = inFolder();
  chmodSync(folder, 0o777);
  const held = await acquireLockfileLock(lockFile, signal);
  expect(statSync(lock).mode & 0o777).toBe(0o777);
  held.release();
});
