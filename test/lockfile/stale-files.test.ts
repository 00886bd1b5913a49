import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { removeStaleLockfileFiles } from '../../src/lockfile/stale-files.ts';
import { createTemporaryPathBeside } from '../../src/platform/files/temporary-file.ts';
import {
  formatProcessName,
  getCurrentProcess,
} from '../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('temporary files and the lock of dead processes are removed; all other files stay', () => {
  const folder = temporaryFolder();
  const lock = join(folder, 'tfcache.lock');
  const mine = createTemporaryPathBeside(lock);
  expect(dirname(mine)).toBe(folder);
  const other = (owner: string) => mine.replace(formatProcessName(), owner);
  const [realm = '', , started = ''] = formatProcessName().split('-');
  const dead = other(`${realm}-${spawnSync('true').pid}-${started}`);
  const foreign = other(`00000000-1-${started}`);
  const users = ['tfcache.lock', 'tfcache.lock.orig', 'tfcache.lock.tmp', 'tfcache.lock.x.tmp'];
  const stays = [mine, foreign, ...users.map((name) => join(folder, name))];
  for (const file of [dead, ...stays]) writeFileSync(file, '');
  // How old it looks does not matter, only when it was changed: ctime, which nobody can set.
  utimesSync(foreign, 1, 1);
  const { started: start, realm: where } = getCurrentProcess();
  const entry = `${spawnSync('true').pid}\n${start}\n${where}\nsome token\n`;
  mkdirSync(`${lock}.write-lock`);
  writeFileSync(join(`${lock}.write-lock`, '1'), entry);
  removeStaleLockfileFiles(lock);
  expect(readdirSync(folder).sort()).toEqual(stays.map((file) => basename(file)).sort());
});

test('the lock of a living process stays', () => {
  const folder = temporaryFolder();
  const { pid, started, realm } = getCurrentProcess();
  mkdirSync(join(folder, 'tfcache.lock.write-lock'));
  writeFileSync(
    join(folder, 'tfcache.lock.write-lock', '1'),
    `${pid}\n${started}\n${realm}\nsome token\n`,
  );
  removeStaleLockfileFiles(join(folder, 'tfcache.lock'));
  expect(readdirSync(folder)).toEqual(['tfcache.lock.write-lock']);
});
