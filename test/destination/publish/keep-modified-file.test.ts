import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepModifiedFile } from '../../../src/destination/publish/keep-modified-file.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { thrownBy } from '../../support/thrown.ts';
import { open } from '../bench.ts';

/** What the warnings promise to keep, by the paths that they name. */
function keptBy(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /is kept as (.*)\.$/.exec(line)?.[1] ?? []);
}

test('each change of a file is kept, where its warning says', async () => {
  const { folder, log, file, publish } = open();
  const wanted = [file('x/f1')];
  for (const edit of ['first', 'second', 'third']) {
    await publish(wanted, 'copy');
    writeFileSync(join(folder, 'x/f1'), edit);
  }
  await publish(wanted, 'copy');
  const kept = keptBy(log.lines);
  expect(kept.map((path) => path.slice(folder.length + 1))).toEqual([
    '@tfcache.changed/x/f1',
    '@tfcache.changed/2/x/f1',
    '@tfcache.changed/3/x/f1',
  ]);
  expect(kept.map((path) => readFileSync(path, 'utf8'))).toEqual(['first', 'second', 'third']);
});

test('a folder is kept after a file of its name, and a file after a folder', async () => {
  const { folder, log, file, publish } = open();
  for (const path of ['x/y', 'x/y/z', 'x/y']) {
    await publish([file(path)], 'copy');
    writeFileSync(join(folder, path), `changed ${path}`);
    await publish([file(path)], 'copy');
  }
  expect(keptBy(log.lines).map((path) => readFileSync(path, 'utf8'))).toEqual([
    'changed x/y',
    'changed x/y/z',
    'changed x/y',
  ]);
});

test('what the user keeps there is not written over, and no link is followed', async () => {
  const { root, folder, log, file, publish, read } = open();
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'a'), 'theirs');
  const wanted = [file('sub/a'), file('b')];
  await publish(wanted, 'copy');
  for (const place of ['sub/a', 'b']) writeFileSync(join(folder, place), 'changed');
  mkdirSync(join(folder, '@tfcache.changed'));
  symlinkSync(outside, join(folder, '@tfcache.changed/sub'));
  symlinkSync(join(outside, 'b'), join(folder, '@tfcache.changed/b'));
  await publish(wanted, 'copy');
  expect(readdirSync(outside)).toEqual(['a']);
  expect(readFileSync(join(outside, 'a'), 'utf8')).toBe('theirs');
  expect([read('sub/a'), read('b')]).toEqual(['sub/a', 'b']);
  expect(keptBy(log.lines).map((path) => readFileSync(path, 'utf8'))).toEqual([
    'changed',
    'changed',
  ]);
});

test('a file that cannot be kept leaves nothing in its place', () => {
  const folder = temporaryFolder();
  const error = thrownBy(() => keepModifiedFile(folder, 'gone', recordingLog()));
  expect(error).toMatchObject({ code: 'failed', where: join(folder, 'gone') });
  expect(readdirSync(join(folder, '@tfcache.changed'))).toEqual([]);
});
