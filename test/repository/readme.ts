import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/runner.ts';

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The rows of the Markdown table below a heading, cells without backticks. */
export function tableBelow(text: string, heading: string): string[][] {
  const at = text.indexOf(`\n## ${heading}\n`);
  if (at < 0) throw new Error(`There is no heading "${heading}".`);
  const section = text.slice(at + 1).split(/\n## /, 1)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) =>
          cell
            .trim()
            .replaceAll(/`<br>`/g, '\n')
            .replace(/^`([^`]*)`$/, '$1'),
        ),
    );
}
