import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createTemporaryPath,
  removeAbandonedTemporaryFiles,
} from '../../../src/platform/files/temporary-file.ts';
import { formatProcessName } from '../../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('drafts of a store stand in one folder, others beside their place; no two are alike', () => {
  const version = join(temporaryFolder(), 'v1');
  mkdirSync(join(version, 'claims', 'x'), { recursive: true });
  const drafts = [1, 2].map(() => createTemporaryPath(join(version, 'claims', 'x', '1')));
  expect(drafts.map(dirname)).toEqual([join(version, 'tmp'), join(version, 'tmp')]);
  expect(new Set(drafts).size).toBe(2);
  const outside = temporaryFolder();
  expect(dirname(createTemporaryPath(join(outside, 'file')))).toBe(outside);
});

test('those of dead processes go; those of living ones, and of others for a while, stay', () => {
  const version = join(temporaryFolder(), 'v1');
  const mine = createTemporaryPath(join(version, 'file'));
  const [realm = '', pid = '', started = ''] = formatProcessName().split('-');
  const at = (name: string) => join(version, 'tmp', name);
  const dead = at(`${realm}-${pid}-${Number(started) - 1}.a`);
  const foreign = at(`00000000-${pid}-1.b`);
  const rubbish = at('rubbish');
  for (const draft of [mine, dead, foreign, rubbish]) writeFileSync(draft, '');
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
