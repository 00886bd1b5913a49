import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLinkMethodMemory } from '../../src/store/link-method-memory.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('what was noted last is recalled, also by another process', () => {
  const [store, destination] = [temporaryFolder(), temporaryFolder()];
  expect(createLinkMethodMemory(store).recall(destination)).toBeUndefined();
  createLinkMethodMemory(store).remember(destination, 'reflink');
  createLinkMethodMemory(store).remember(destination, 'hardlink');
  expect(createLinkMethodMemory(store).recall(destination)).toBe('hardlink');
  expect(readdirSync(join(store, 'methods'))).toHaveLength(1);
});

test('that only a copy works is not remembered', () => {
  const [store, destination] = [temporaryFolder(), temporaryFolder()];
  const memory = createLinkMethodMemory(store);
  memory.remember(destination, 'hardlink');
  memory.remember(destination, 'copy');
  expect(memory.recall(destination)).toBeUndefined();
});

test('another file system is another pair', ({ skip }) => {
  const other = mountSmall('size=1m');
  if (other === undefined) return skip(CANNOT_MOUNT);
  const [store, destination] = [temporaryFolder(), temporaryFolder()];
  const memory = createLinkMethodMemory(store);
  memory.remember(destination, 'hardlink');
  expect(memory.recall(other)).toBeUndefined();
  memory.remember(other, 'reflink');
  expect([memory.recall(destination), memory.recall(other)]).toEqual(['hardlink', 'reflink']);
});

test('a store that may only be read remembers nothing, and nobody is troubled', ({ skip }) => {
  const store = mountSmall('size=1m');
  if (store === undefined) return skip(CANNOT_MOUNT);
  const destination = temporaryFolder();
  remount(store, 'ro');
  createLinkMethodMemory(store).remember(destination, 'hardlink');
  expect(createLinkMethodMemory(store).recall(destination)).toBeUndefined();
});
