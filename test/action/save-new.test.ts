import { expect, test } from 'vitest';
import { tellOfSaving } from '../../src/action/save-new.ts';

const RESULT = { saved: 0, alreadyThere: 0, bytes: 0, problems: [], wrong: [] };

test.each([
  [{}, 'Nothing new to save: the cache has all of it already.'],
  [{ alreadyThere: 1 }, 'Nothing new to save: 1 pack was there already.'],
  [{ alreadyThere: 2 }, 'Nothing new to save: 2 packs were there already.'],
  [{ saved: 1, bytes: 2048 }, 'Saved 1 pack (2.00 KiB).'],
  [
    { saved: 2, bytes: 2048, alreadyThere: 1 },
    'Saved 2 packs (2.00 KiB); 1 pack was there already.',
  ],
  [{ problems: ['refused'] }, 'Nothing was saved.'],
  [{ problems: ['refused'], alreadyThere: 1 }, 'Nothing was saved; 1 pack was there already.'],
])('%j', (changes, sentence) => {
  expect(tellOfSaving({ ...RESULT, ...changes })).toBe(sentence);
});
