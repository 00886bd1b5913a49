import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { read } from './readme.ts';

const PAGES = globSync('**/*.zh-CN.md', { cwd: ROOT, exclude: ['**/node_modules'] }).sort();

/** ASCII punctuation that touches a Chinese character or full-width punctuation, each with the text around it. */
function findAsciiPunctuation(page: string): string[] {
  const chinese = '[\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]';
  // Emphasis between the two does not separate them.
  const touching = new RegExp(
    `.{0,9}(?:${chinese}\\*{0,2}[,:;?()]|[,:;?()]\\*{0,2}${chinese}).{0,9}`,
    'gu',
  );
  return [...withoutCode(page).matchAll(touching)].map(([text]) => text);
}

/** Replaces code blocks, code spans and link targets by characters that are not Chinese. */
function withoutCode(page: string): string {
  return page
    .replace(/^```.*?^```/gms, '')
    .replace(/`[^`\n]*`/g, 'code')
    .replace(/\]\([^)\s]*\)/g, ']');
}

test('there are Chinese pages to check', () => {
  expect(PAGES).toContain('README.zh-CN.md');
});

describe.each(PAGES)('%s', (page) => {
  test('uses full-width punctuation beside Chinese characters', () => {
    expect(findAsciiPunctuation(read(page))).toEqual([]);
  });
});

test('ASCII punctuation is found beside Chinese characters only', () => {
  const found = (text: string) => findAsciiPunctuation(text).length;
  for (const mark of [',', ':', ';', '?', '(', ')']) {
    expect(found(`\u4f5c\u4e1a${mark} a`), mark).toBe(1);
    expect(found(`a ${mark}\u4f5c\u4e1a`), mark).toBe(1);
    expect(found(`**\u4f5c\u4e1a**${mark}`), mark).toBe(1);
  }
  expect(found('a, b: (c)')).toBe(0);
  expect(found('`\u4f5c\u4e1a, a` [\u4f5c\u4e1a](docs/a.md) \uff08a\uff09')).toBe(0);
  expect(found('```sh\nrun # \u4f5c\u4e1a, a\n```')).toBe(0);
});
