import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { read, rowsBelow } from './readme.ts';

const SOURCES = globSync('src/**/*.ts', { cwd: ROOT }).map(read).join('\n');

test.each([
  ['README.md', 'Troubleshooting'],
  ['README.zh-CN.md', '故障排除'],
  ['docs/mirrors.md', 'Troubleshooting'],
])('%s: every message of the troubleshooting table exists in the code', (file, heading) => {
  const rows = rowsBelow(read(file), heading);
  expect(rows.length).toBeGreaterThan(8);
  for (const [messages = ''] of rows) {
    // A cell with one message has lost its backticks.
    for (const message of messages.split('`, `')) {
      const parts = message.replaceAll('`', '').split('…');
      const fixed = parts.map((part) => part.trim()).filter((part) => part.length > 2);
      expect(fixed.length, message).toBeGreaterThan(0);
      for (const part of fixed) expect(SOURCES, message).toContain(part);
    }
  }
});
