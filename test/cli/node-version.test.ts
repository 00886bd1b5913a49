import { expect, test } from 'vitest';
import { findNodeVersionProblem } from '../../src/cli/node-version.ts';

test.each(['v24.0.0', 'v25.1.0', 'v100.0.0', 'v24.0.0-nightly'])('accepts Node %s', (version) => {
  expect(findNodeVersionProblem(version)).toBeUndefined();
});

test.each(['v20.19.1', 'v23.11.0', 'v8.0.0'])('says which Node is needed to Node %s', (version) => {
  expect(findNodeVersionProblem(version)).toContain(
    `needs Node 24 or later; this is Node ${version}`,
  );
});
