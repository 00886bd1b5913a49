import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_REASONS } from '../../src/platform/error.ts';
import { ROOT } from '../support/runner.ts';

test('every error reason is used outside the union', () => {
  const text = globSync('src/**/*.ts', { cwd: ROOT })
    .filter((file) => !file.endsWith('platform/error.ts'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const unused = Object.keys(ERROR_REASONS).filter((reason) => !text.includes(`'${reason}'`));
  expect(unused).toEqual([]);
});
