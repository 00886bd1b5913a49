import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { read } from './readme.ts';

const PAGES = ['*.md', 'docs/**/*.md', '.github/**/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .sort();

test('there are pages to check', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
});

describe.each(PAGES)('%s', (page) => {
  const text = read(page).replace(/```.*?```/gs, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');

  test('links to files and headings that are there', () => {
    for (const link of links.filter((target) => !/^https?:/.test(target))) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? page : relative(ROOT, join(ROOT, dirname(page), file));
      expect(existsSync(join(ROOT, target)), `${page}: ${link}`).toBe(true);
      if (heading !== undefined) expect(anchors(read(target)), link).toContain(heading);
    }
  });

  test('names files of the repository that are there', () => {
    const names = [
      ...text.matchAll(/`((?:src|test|docs|scripts|demo|bench|\.github|\.ci)\/[\w./-]+)`/g),
    ];
    for (const [, name = ''] of names) {
      expect(existsSync(join(ROOT, name)), `${page}: ${name}`).toBe(true);
    }
  });

  test('has no link that is not encrypted', () => {
    expect(links.filter((link) => link.startsWith('http:'))).toEqual([]);
  });
});

/** Anchors of a page's headings, as GitHub makes them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
