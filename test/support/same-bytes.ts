import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Two files are the same. Compared as bytes: a matcher that looks at each element takes minutes. */
export function expectSameBytes(left: string, right: string): void {
  expect(readFileSync(left).equals(readFileSync(right)), `${left} and ${right}`).toBe(true);
}
