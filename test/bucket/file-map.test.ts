import { expect, test } from 'vitest';
import { FileMap } from '../../src/bucket/file-map.ts';

test('the same path in two buckets is two files', () => {
  const files = new FileMap<string>();
  files.set({ bucket: 'a', path: 'b/c' }, 'one');
  files.set({ bucket: 'a/b', path: 'c' }, 'two');
  files.set({ bucket: 'a', path: 'b/c' }, 'three');
  expect(files.get({ bucket: 'a', path: 'b/c' })).toBe('three');
  expect(files.get({ bucket: 'a/b', path: 'c' })).toBe('two');
  expect(files.has({ bucket: 'c', path: 'b/c' })).toBe(false);
  expect([files.size, [...files.values()]]).toEqual([2, ['three', 'two']]);
});
