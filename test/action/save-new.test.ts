import { expect, test } from 'vitest';
import { describeSaveResult } from '../../src/action/save-new.ts';

const RESULT = { savedCount: 0, existingCount: 0, savedBytes: 0, problems: [], corrupt: [] };

test.each([
  [{}, 'Nothing new to save: the cache has all of it already.'],
  [{ existingCount: 1 }, 'Nothing new to save: 1 pack was there already.'],
  [{ existingCount: 2 }, 'Nothing new to save: 2 packs were there already.'],
  [{ savedCount: 1, savedBytes: 2048 }, 'Saved 1 pack (2.00 KiB).'],
  [
    { savedCount: 2, savedBytes: 2048, existingCount: 1 },
    'Saved 2 packs (2.00 KiB); 1 pack was there already.',
  ],
  [{ problems: ['refused'] }, 'Nothing was saved.'],
  [{ problems: ['refused'], existingCount: 1 }, 'Nothing was saved; 1 pack was there already.'],
])('%j', (changes, sentence) => {
  expect(describeSaveResult({ ...RESULT, ...changes })).toBe(sentence);
});
