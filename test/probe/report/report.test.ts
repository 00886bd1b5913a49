import { expect, test } from 'vitest';
import { isTransientProblem, type ProblemReason } from '../../../src/probe/report/report.ts';

test.each<[ProblemReason, boolean]>([
  ['mirror-busy', true],
  ['connection-reset', true],
  ['port-filtered', true],
  ['time-limit', true],
  ['listing-too-large', true],
  ['module-unknown', false],
  ['mirror-refused', false],
  ['proxy-refused', false],
  ['proxy-unreachable', true],
  ['mirror-invalid', false],
  ['mirror-empty', false],
])('%s: a retry may help: %s', (reason, isTransient) => {
  const problem = { reason, message: '', found: undefined, hint: '' };
  expect(isTransientProblem(problem)).toBe(isTransient);
});

test('a mirror without a problem may be usable later', () => {
  expect(isTransientProblem(undefined)).toBe(true);
});
