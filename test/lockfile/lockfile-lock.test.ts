import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLockfileLock } from '../../src/lockfile/lockfile-lock.ts';
import { requireWritableLockfile } from '../../src/lockfile/require-writable.ts';
import { currentProcess } from '../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../support/thrown.ts';

const { signal } = new AbortController();
const inFolder = () => {
  const folder = temporaryFolder();
  return { folder, lock: join(folder, 'tfcache.lock'), turn: join(folder, 'tfcache.lock.turn') };
};
const ownedBy = (pid: number, realm = currentProcess().realm) =>
  `${pid}\n${currentProcess().started}\n${realm}\nsome turn\n`;

test('one at a time, and nothing is left', async () => {
  const { folder, lock } = inFolder();
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const turn = await acquireLockfileLock(lock, signal, { pollMs: 1 });
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      expect(turn.isHeld()).toBe(true);
      inside -= 1;
      turn.release();
    }),
  );
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('the turn of a process that is gone is taken away at once', async () => {
  const { folder, lock, turn } = inFolder();
  writeFileSync(turn, ownedBy(spawnSync('true').pid));
  const taken = await acquireLockfileLock(lock, signal, { staleMs: 1e9, timeoutMs: 1e9 });
  expect(readFileSync(turn, 'utf8')).toContain(`${process.pid}\n`);
  taken.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['on another machine', ownedBy(1, 'elsewhere')],
  ['that is half written', `${process.pid}`],
])('one %s is taken away when it does not end', async (_, text) => {
  const { lock, turn } = inFolder();
  writeFileSync(turn, text);
  (await acquireLockfileLock(lock, signal, { pollMs: 1, staleMs: 10, timeoutMs: 1e9 })).release();
});

test('one that lives is not taken away, and is named in the end', async () => {
  const { lock, turn } = inFolder();
  writeFileSync(turn, ownedBy(process.pid));
  const error = await rejectionOf(
    acquireLockfileLock(lock, signal, { pollMs: 1, staleMs: 0, timeoutMs: 10 }),
  );
  expect(error).toMatchObject({ code: 'failed', where: turn, found: `process ${process.pid}` });
  expect(readFileSync(turn, 'utf8')).toBe(ownedBy(process.pid));
});

test('one whose turn was taken away knows it, and leaves the other one alone', async () => {
  const { lock, turn } = inFolder();
  const mine = await acquireLockfileLock(lock, signal);
  writeFileSync(turn, ownedBy(process.pid));
  expect(mine.isHeld()).toBe(false);
  mine.release();
  expect(readFileSync(turn, 'utf8')).toBe(ownedBy(process.pid));
});

test('waiting ends with the job', async () => {
  const { lock, turn } = inFolder();
  writeFileSync(turn, ownedBy(process.pid));
  const controller = new AbortController();
  const waiting = acquireLockfileLock(lock, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});

test.each([
  ['a link to a device', '/dev/zero'],
  ['a dangling link', 'nowhere'],
  ['a link to a file', 'tfcache.lock'],
])('%s in place of a turn is refused', async (_, target) => {
  const { lock, turn } = inFolder();
  writeFileSync(lock, '');
  symlinkSync(target, turn);
  expect(await rejectionOf(acquireLockfileLock(lock, signal))).toMatchObject({
    code: 'usage',
    where: turn,
    found: 'a symbolic link',
  });
  expect(thrownBy(() => requireWritableLockfile(lock))).toMatchObject({ where: turn });
  expect(readFileSync(lock, 'utf8')).toBe('');
});
