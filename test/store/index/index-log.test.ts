import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendLogLines, readLogLines } from '../../../src/store/index/index-log.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('gives back what was appended, and from a position only what came since', () => {
  const file = join(temporaryFolder(), 'deep', 'log');
  expect(readLogLines(file, undefined)).toEqual({ lines: [], position: undefined });
  appendLogLines(file, ['one', 'two 中文']);
  const first = readLogLines(file, undefined);
  expect(first.lines).toEqual(['one', 'two 中文']);
  appendLogLines(file, ['three']);
  expect(readLogLines(file, first.position).lines).toEqual(['three']);
});

test('a line torn at any byte is skipped and takes no other with it', () => {
  const folder = temporaryFolder();
  const whole = join(folder, 'whole');
  appendLogLines(whole, ['first line', 'second line']);
  const size = readFileSync(whole).length;
  for (let length = 0; length <= size; length += 1) {
    const file = join(folder, `torn-${length}`);
    writeFileSync(file, readFileSync(whole));
    truncateSync(file, length);
    const before = readLogLines(file, undefined);
    appendLogLines(file, ['after']);
    const { lines } = readLogLines(file, undefined);
    expect(lines.at(-1)).toBe('after');
    expect(['first line', 'second line']).toEqual(expect.arrayContaining(lines.slice(0, -1)));
    expect([...before.lines, ...readLogLines(file, before.position).lines]).toEqual(lines);
  }
});

test('a flipped bit is noticed', () => {
  const file = join(temporaryFolder(), 'log');
  appendLogLines(file, ['aaaa', 'bbbb', 'cccc']);
  writeFileSync(file, readFileSync(file, 'utf8').replace('bbbb', 'bbbc'));
  expect(readLogLines(file, undefined).lines).toEqual(['aaaa', 'cccc']);
});

test('binary rubbish is no line', () => {
  const file = join(temporaryFolder(), 'log');
  appendFileSync(file, Buffer.from([0, 255, 10, 10, 13, 0xd8, 0, 10]));
  appendLogLines(file, ['sound']);
  expect(readLogLines(file, undefined).lines).toEqual(['sound']);
});

test('a log that was rewritten is read from its beginning', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'log');
  appendLogLines(file, ['one', 'two', 'three']);
  const { position } = readLogLines(file, undefined);
  appendLogLines(join(folder, 'new'), ['only']);
  renameSync(join(folder, 'new'), file);
  expect(readLogLines(file, position).lines).toEqual(['only']);
});

test('processes that append at once lose nothing', async () => {
  const file = join(temporaryFolder(), 'log');
  const names = ['a', 'b', 'c'];
  const children = names.map((name) =>
    startChild(new URL('./index-log-child.ts', import.meta.url), [file, name]),
  );
  for (const child of children) expect((await child.ended()).code).toBe(0);
  const { lines } = readLogLines(file, undefined);
  for (const name of names) {
    const own = lines.filter((line) => line.startsWith(`${name} `));
    expect(own).toEqual(
      Array.from({ length: 2000 }, (_, index) => `${name} ${index} ${'x'.repeat(index % 300)}`),
    );
  }
});
