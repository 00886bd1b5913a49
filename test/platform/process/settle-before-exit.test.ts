import { expect, test } from 'vitest';
import { startChild } from '../../support/child.ts';

test.each([
  ['well', 'done\n', 0],
  ['fails', 'as usual\nreported\n', 3],
  ['hangs', 'tfcache ended before its work was done.\nreported\n', 3],
  ['rejects', 'Unexpected: nobody listens\nreported\n', 3],
  ['throws', 'Unexpected: in a callback\nreported\n', 3],
])(
  'work that %s comes to an end that is reported',
  async (how, output, code) => {
    const child = startChild(new URL('./settle-child.ts', import.meta.url), [how]);
    expect(await child.ended()).toEqual({ code, signal: null, output });
  },
  20_000,
);
