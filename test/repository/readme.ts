import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/runner.ts';

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Returns the rows of all Markdown tables below a heading, without their header rows; cells without backticks. */
export function rowsBelow(text: string, heading: string): string[][] {
  return tablesBelow(text, heading).flat();
}

/** Returns the tables below a heading of the second level, each as its rows without the header. */
export function tablesBelow(text: string, heading: string): string[][][] {
  const at = text.indexOf(`\n## ${heading}\n`);
  if (at < 0) throw new Error(`There is no heading "${heading}".`);
  const section = text.slice(at + 1).split(/\n## /, 1)[0] ?? '';
  return [...section.matchAll(/(?:^\|.*\n?)+/gm)].map(([table]) =>
    table.trimEnd().split('\n').slice(2).map(parseRow),
  );
}

function parseRow(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'));
}
