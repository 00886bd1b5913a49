import {
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownLines,
  shortenMiddle,
} from '../platform/text/escape.ts';

/** Characters of one problem, and problems, that are shown: the log has all of them. */
const MAX_PROBLEM_LENGTH = 1_000;
const MAX_PROBLEMS = 10;

/** How saving to the cache ended, after the job's own steps. */
export interface SavingSection {
  /** Tells several steps of a job apart. */
  name: string;
  sentence: string;
  problems: readonly string[];
}

/** Markdown for the job summary: one line, and one more for each problem. */
export function renderSaving({ name, sentence, problems }: SavingSection): string {
  const mark = problems.length > 0 ? '⚠️' : '💾';
  const title = `${mark} **Saving to the cache** (${formatMarkdownCode(shortenMiddle(name, 200))})`;
  const shown = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length - shown.length;
  const items = shown.map((problem) => `- ${formatMarkdownLines(problem, MAX_PROBLEM_LENGTH)}`);
  if (more > 0) items.push(`- and ${more} more, see the log`);
  const first = sentence === '' ? title : `${title}: ${escapeMarkdown(sentence)}`;
  return `${[first, items.join('\n')].filter((part) => part !== '').join('\n\n')}\n\n`;
}
