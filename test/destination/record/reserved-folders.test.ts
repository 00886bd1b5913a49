import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDestination } from '../../../src/destination/destination.ts';
import { rejectionOf } from '../../support/thrown.ts';
import { open } from '../bench.ts';

/** Files outside of the destination, which a link in it leads to. */
function outsideOf(root: string): string {
  const outside = join(root, 'outside');
  mkdirSync(join(outside, 'sub'), { recursive: true });
  for (const name of ['1.1', 'a', 'conf', 'sub/a']) writeFileSync(join(outside, name), 'theirs');
  return outside;
}

function expectUntouched(outside: string): void {
  expect(readdirSync(outside, { recursive: true }).sort()).toEqual([
    '1.1',
    'a',
    'conf',
    'sub',
    'sub/a',
  ]);
  for (const name of ['1.1', 'a', 'conf', 'sub/a']) {
    expect(readFileSync(join(outside, name), 'utf8')).toBe('theirs');
  }
}

test.each(['@tfcache.tmp', '@tfcache.changed'])(
  '%s as a symbolic link is refused before anything is touched',
  async (name) => {
    const { root, folder, log, file, publish, read } = open();
    const outside = outsideOf(root);
    await publish([file('a', 'old')], 'copy');
    writeFileSync(join(folder, 'a'), 'mine');
    symlinkSync(outside, join(folder, name));
    const record = read('@tfcache.json');

    const wanted = [file('a', 'new'), file('b')];
    const errors = [
      await rejectionOf(publish(wanted)),
      await rejectionOf(openDestination(folder, log).check(wanted)),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({
        code: 'failed',
        where: join(folder, name),
        expected: expect.stringContaining('a folder'),
        found: `a symbolic link to ${outside}`,
        hint: expect.stringContaining('Remove the link'),
      });
    }
    expectUntouched(outside);
    expect([read('a'), read('@tfcache.json')]).toEqual(['mine', record]);
    expect(existsSync(join(folder, 'b'))).toBe(false);
  },
);

test('a link in the temporary folder’s place is refused also when everything is in place', async () => {
  const { root, folder, file, publish } = open();
  const outside = outsideOf(root);
  await publish([file('a')]);
  symlinkSync(outside, join(folder, '@tfcache.tmp'));
  const error = await rejectionOf(publish([file('a')]));
  expect(error.where).toBe(join(folder, '@tfcache.tmp'));
  expectUntouched(outside);
});

test('a file in the place of a folder is the user’s', async () => {
  const { folder, file, publish, read } = open();
  mkdirSync(folder);
  writeFileSync(join(folder, '@tfcache.tmp'), 'mine');
  const error = await rejectionOf(publish([file('a')]));
  expect(error).toMatchObject({ where: join(folder, '@tfcache.tmp'), found: 'a file' });
  expect(read('@tfcache.tmp')).toBe('mine');
});

test.each([
  ['to a file', 'conf'],
  ['to a folder', 'sub'],
  ['to nothing', 'nowhere'],
])('a record that is a symbolic link %s is refused', async (_, name) => {
  const { root, folder, file, publish } = open();
  const outside = outsideOf(root);
  mkdirSync(folder);
  symlinkSync(join(outside, name), join(folder, '@tfcache.json'));
  const error = await rejectionOf(publish([file('a')]));
  expect(error).toMatchObject({
    code: 'failed',
    where: join(folder, '@tfcache.json'),
    found: `a symbolic link to ${join(outside, name)}`,
  });
  expectUntouched(outside);
});

test('a name that drafts of the record once had leads nowhere', async () => {
  const { root, folder, file, publish } = open();
  const outside = outsideOf(root);
  mkdirSync(folder);
  symlinkSync(join(outside, 'conf'), join(folder, '@tfcache.json.tmp'));
  await publish([file('a')]);
  expectUntouched(outside);
  expect(lstatSync(join(folder, '@tfcache.json')).isFile()).toBe(true);
});
