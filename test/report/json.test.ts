import { expect, test } from 'vitest';
import { serializeReport } from '../../src/report/json.ts';
import { exampleReport } from './example.ts';

test('every key is there, what is not known is null, and the text ends in a newline', () => {
  const text = serializeReport(exampleReport());
  expect(text.endsWith('}\n')).toBe(true);
  const parsed: unknown = JSON.parse(text);
  expect(parsed).toMatchObject({ version: 1, spaceNeeded: null, error: null, cacheHit: false });
  expect(Object.keys(exampleReport())).toEqual(Object.keys(Object(parsed)));
});
