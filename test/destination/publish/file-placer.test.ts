import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PublishFile } from '../../../src/destination/destination-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf } from '../../support/thrown.ts';
import { open } from '../bench.ts';

/** A file for whose object publishing asks when it begins to fill the destination; just then something happens there. */
function disturbed(folder: string, file: PublishFile, disturb: () => void): PublishFile {
  const recorded = () => statSync(join(folder, '@tfcache.json'), { throwIfNoEntry: false })?.ino;
  const before = recorded();
  let done = false;
  return {
    ...file,
    get object() {
      // What is to come is written down by then.
      if (!done && recorded() !== before) {
        done = true;
        disturb();
      }
      return file.object;
    },
  };
}

test.each(['copy', 'hardlink'] as const)(
  '%s: a file that appears while the destination is filled is not written over',
  async (link) => {
    const { folder, file, publish, read } = open();
    const wanted = disturbed(folder, file('a'), () => writeFileSync(join(folder, 'a'), 'mine'));
    const error = await rejectionOf(publish([wanted], link));
    expect(error).toMatchObject({
      code: 'failed',
      message: 'A file appeared in the destination while it was filled.',
      where: join(folder, 'a'),
    });
    expect(read('a')).toBe('mine');
    expect(readdirSync(folder).sort()).toEqual(['@tfcache.json', 'a']);
  },
);

test.each(['copy', 'hardlink'] as const)(
  '%s: a file of ours that is written into while the destination is filled is not replaced, and the next run keeps it',
  async (link) => {
    const { folder, file, publish, read } = open();
    await publish([file('a', 'old')], 'copy');
    const wanted = file('a', 'new');
    const error = await rejectionOf(
      publish([disturbed(folder, wanted, () => writeFileSync(join(folder, 'a'), 'mine!'))], link),
    );
    expect(error).toMatchObject({
      code: 'failed',
      message: 'A file of the destination was changed while it was filled.',
      where: join(folder, 'a'),
    });
    expect(read('a')).toBe('mine!');
    await publish([wanted], link);
    expect([read('a'), read('@tfcache.changed/a')]).toEqual(['new', 'mine!']);
  },
);

test.each(['copy', 'hardlink'] as const)(
  '%s: one of ours that goes meanwhile is put there',
  async (link) => {
    const { folder, file, publish, read } = open();
    await publish([file('a', 'old')], 'copy');
    const gone = disturbed(folder, file('a', 'new'), () =>
      rmSync(join(folder, 'a'), { force: true }),
    );
    expect(await publish([gone], link)).toMatchObject({ linked: 1 });
    expect(read('a')).toBe('new');
    expect(statSync(join(folder, 'a')).nlink).toBe(link === 'copy' ? 1 : 2);
  },
);

test('without hard links: a copy gets its name, and what stands there stays', ({ skip }) => {
  if (spawnSync('strace', ['-qq', 'true']).status !== 0)
    return skip('needs strace to refuse links');
  const root = temporaryFolder();
  const object = join(root, 'object');
  const folder = join(root, 'destination');
  const target = join(folder, 'a');
  writeFileSync(object, 'content');
  mkdirSync(folder);
  const place = () =>
    spawnSync('strace', [
      ...['-f', '-qq', '-o', join(root, 'trace'), '-e', 'trace=link,linkat'],
      ...['-e', 'inject=link,linkat:error=EPERM', process.execPath],
      ...[new URL('./place-child.ts', import.meta.url).pathname, object, target],
    ]).stdout.toString();
  expect(place()).toBe('copy\n');
  expect(readFileSync(join(root, 'trace'), 'utf8')).toContain('EPERM');
  expect(readFileSync(target, 'utf8')).toBe('content');
  writeFileSync(target, 'mine');
  expect(place()).toBe('A file appeared in the destination while it was filled.\n');
  expect(readFileSync(target, 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['a']);
});

test('a store of several users: what this one may not link to is copied, when the choice is free', async ({
  skip,
}) => {
  if (process.getuid?.() !== 0 || process.seteuid === undefined) {
    return skip('needs root to be someone else');
  }
  if (readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() !== '1') {
    return skip('needs a system that refuses such links');
  }
  const { root, folder, file, publish, read } = open();
  chmodSync(root, 0o755);
  mkdirSync(folder);
  chownSync(folder, 65534, 65534);
  const mine = (path: string, content: string) => {
    const own = file(path, content);
    chownSync(own.object ?? '', 65534, 65534);
    return own;
  };
  const own = mine('a', 'a');
  const files = [own, file('b', 'another’s'), file('c/d', 'another’s too')];
  const next = [own, mine('e', 'e'), file('b', 'a new one of another’s'), file('c/d', 'too')];
  const strict = [mine('f', 'f'), file('g', 'one more')];
  const inode = (place: string) => statSync(join(folder, place)).ino;
  process.seteuid(65534);
  try {
    expect(await publish(files)).toMatchObject({ linked: 3, method: 'hardlink' });
    expect(await publish(files)).toMatchObject({ linked: 0, already: 3 });
    expect(inode('a')).toBe(statSync(own.object ?? '').ino);
    expect([read('b'), read('c/d')]).toEqual(['another’s', 'another’s too']);
    // Also in place of what is outdated.
    expect(await publish(next)).toMatchObject({ linked: 3, method: 'hardlink' });
    expect([read('b'), read('c/d')]).toEqual(['a new one of another’s', 'too']);
    expect(await rejectionOf(publish(strict, 'hardlink'))).toMatchObject({
      code: 'failed',
      where: strict[1]?.object,
      hint: expect.stringContaining('link to auto'),
    });
  } finally {
    process.seteuid(0);
  }
});
