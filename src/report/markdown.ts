import { formatCount } from '../platform/text/units.ts';

/** A Markdown table; `right` are the columns of numbers. Cells are escaped already. */
export function renderTable(
  heads: readonly string[],
  right: readonly number[],
  rows: readonly (readonly string[])[],
): string {
  const rule = heads.map((_, column) => (right.includes(column) ? '--:' : '---'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A part that is folded away. Without blank lines around the body it would be taken as HTML. */
export function renderDetails(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Says what a cap left out; empty when nothing was. */
export function describeRest(count: number, noun: string): string {
  if (count <= 0) return '';
  const [number = '', ...rest] = formatCount(count, noun).split(' ');
  return `\n\n… and ${number} more ${rest.join(' ')}.`;
}
