import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createTemporaryPath,
  removeAbandonedTemporaryFiles,
} from '../../../src/platform/files/temporary-file.ts';
import { formatProcessName } from '../../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function makeVersionFolder(): string {
  const version = join(temporaryFolder(), 'v1');
  mkdirSync(join(version, 'objects'), { recursive: true });
  return version;
}

test('puts the temporary files of a store into one folder, others beside their place, under unique names', () => {
  const version = makeVersionFolder();
  mkdirSync(join(version, 'claims', 'x'), { recursive: true });
  const paths = [1, 2].map(() => createTemporaryPath(join(version, 'claims', 'x', '1')));
  expect(paths.map(dirname)).toEqual([join(version, 'tmp'), join(version, 'tmp')]);
  expect(new Set(paths).size).toBe(2);
  const outside = temporaryFolder();
  expect(dirname(createTemporaryPath(join(outside, 'file')))).toBe(outside);
});

test('does not take every folder named like a version for a store', () => {
  const checkout = join(temporaryFolder(), 'v2', 'project');
  mkdirSync(checkout, { recursive: true });
  expect(dirname(createTemporaryPath(join(checkout, 'file')))).toBe(checkout);
  expect(existsSync(join(checkout, '..', 'tmp'))).toBe(false);
});

test('deletes those of dead processes, and those of unknown processes after a while', () => {
  const version = makeVersionFolder();
  const mine = createTemporaryPath(join(version, 'file'));
  const [realm = '', pid = '', started = ''] = formatProcessName().split('-');
  const at = (name: string) => join(version, 'tmp', name);
  const dead = at(`${realm}-${pid}-${Number(started) - 1}.a`);
  const foreign = at(`00000000-${pid}-1.b`);
  const rubbish = at('rubbish');
  for (const path of [mine, dead, foreign, rubbish]) writeFileSync(path, '');
  utimesSync(foreign, 1, 1);
  removeAbandonedTemporaryFiles(version, Date.now);
  expect(readdirSync(join(version, 'tmp')).map(at).sort()).toEqual([mine, foreign, rubbish].sort());
  removeAbandonedTemporaryFiles(version, () => Date.now() + 200_000);
  expect([existsSync(mine), existsSync(foreign), existsSync(rubbish)]).toEqual([
    true,
    false,
    false,
  ]);
});
