import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newDraft, sweepDrafts } from '../../../src/platform/files/temporary-file.ts';
import { nameOfThisProcess } from '../../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('drafts of a store stand in one folder, others beside their place; no two are alike', () => {
  const version = join(temporaryFolder(), 'v1');
  mkdirSync(join(version, 'flights', 'x'), { recursive: true });
  const drafts = [1, 2].map(() => newDraft(join(version, 'flights', 'x', '1')));
  expect(drafts.map(dirname)).toEqual([join(version, 'drafts'), join(version, 'drafts')]);
  expect(new Set(drafts).size).toBe(2);
  const outside = temporaryFolder();
  expect(dirname(newDraft(join(outside, 'file')))).toBe(outside);
});

test('those of dead processes go; those of living ones, and of others for a while, stay', () => {
  const version = join(temporaryFolder(), 'v1');
  const mine = newDraft(join(version, 'file'));
  const [realm = '', pid = '', started = ''] = nameOfThisProcess().split('-');
  const at = (name: string) => join(version, 'drafts', name);
  const dead = at(`${realm}-${pid}-${Number(started) - 1}.a`);
  const foreign = at(`00000000-${pid}-1.b`);
  const rubbish = at('rubbish');
  for (const draft of [mine, dead, foreign, rubbish]) writeFileSync(draft, '');
  utimesSync(foreign, 1, 1);
  sweepDrafts(version, Date.now);
  expect(readdirSync(join(version, 'drafts')).map(at).sort()).toEqual(
    [mine, foreign, rubbish].sort(),
  );
  sweepDrafts(version, () => Date.now() + 200_000);
  expect([existsSync(mine), existsSync(foreign), existsSync(rubbish)]).toEqual([
    true,
    false,
    false,
  ]);
});
