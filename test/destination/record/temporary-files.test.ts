import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  createTemporaryFiles,
  removeLeftoverTemporaryFiles,
} from '../../../src/destination/record/temporary-files.ts';
import { formatProcessName } from '../../../src/platform/process/process-identity.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const [REALM = ''] = formatProcessName().split('-');

/** The folder of drafts that a process which has ended left, with a draft in it. */
function leave(destination: string, owner: string): string {
  const folder = join(destination, '@tfcache.tmp', `${owner}.0123456789abcdef`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '1'), 'half');
  return folder;
}

const nameOfDead = () => `${REALM}-${spawnSync('true').pid}-1`;

test('drafts of a process that is gone go, and the folder with them', () => {
  const destination = temporaryFolder();
  leave(destination, nameOfDead());
  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(destination)).toEqual([]);
});

test('drafts of this process go', () => {
  const destination = temporaryFolder();
  const [some, others] = [createTemporaryFiles(destination), createTemporaryFiles(destination)];
  const [draft, other] = [some.next(), others.next()];
  for (const path of [draft, other]) writeFileSync(path, 'half');
  some.remove();
  expect([existsSync(draft), existsSync(other)]).toEqual([false, true]);
  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(destination)).toEqual([]);
});

test('drafts of a process that runs stay', async () => {
  const destination = temporaryFolder();
  const child = startChild(new URL('./draft-child.ts', import.meta.url), [destination]);
  await child.printed('made');
  const [name = ''] = readdirSync(join(destination, '@tfcache.tmp'));
  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(join(destination, '@tfcache.tmp', name))).toEqual(['1']);
  child.process.kill('SIGKILL');
  await child.ended();
  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(destination)).toEqual([]);
});

test('those of a process that cannot be seen from here stay for an hour', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const destination = temporaryFolder();
  const folder = leave(destination, '00000000-1-1');
  const left = statSync(folder).ctimeMs;
  vi.setSystemTime(left + 3_500_000);
  removeLeftoverTemporaryFiles(destination);
  expect(existsSync(join(folder, '1'))).toBe(true);
  vi.setSystemTime(left + 3_700_000);
  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(destination)).toEqual([]);
});

test('what has not the form of a draft is the user’s', () => {
  const destination = temporaryFolder();
  const temporary = join(destination, '@tfcache.tmp');
  const outside = join(temporaryFolder(), 'outside');
  const left = leave(destination, nameOfDead());
  mkdirSync(outside);
  writeFileSync(join(outside, '1'), 'theirs');
  symlinkSync(outside, join(temporary, `${nameOfDead()}.fedcba9876543210`));
  mkdirSync(join(temporary, 'folder', '1'), { recursive: true });
  for (const name of ['notes', '1.1', 'folder/1/notes']) writeFileSync(join(temporary, name), '');
  writeFileSync(join(left, 'notes'), 'mine');
  mkdirSync(join(left, '2'));
  const before = readdirSync(temporary).sort();

  removeLeftoverTemporaryFiles(destination);
  expect(readdirSync(temporary).sort()).toEqual(before);
  expect(readdirSync(left).sort()).toEqual(['2', 'notes']);
  expect(existsSync(join(outside, '1'))).toBe(true);
  expect(existsSync(join(temporary, 'folder/1/notes'))).toBe(true);

  const drafts = createTemporaryFiles(destination);
  writeFileSync(drafts.next(), 'draft');
  drafts.remove();
  expect(readdirSync(dirname(left)).sort()).toEqual(before);
});
