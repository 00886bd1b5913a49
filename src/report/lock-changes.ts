import { isAbsolute, relative } from 'node:path';
import { escapeForLog } from '../platform/text/escape.ts';
import { formatNumber } from '../platform/text/units.ts';
import type { Report } from './report.ts';

/** A log shows at most this many changes; the JSON report has all of them. */
const MAX_CHANGES_SHOWN = 20;

/** Why the user has to act on a changed lockfile. */
export const COMMIT_LOCKFILE_HINT = 'Commit it, so that every run uses the same files.';

/**
 * Returns the warning about a changed lockfile, several lines that are safe to print; undefined if it did not change.
 *
 * @param folder absolute; a lockfile below it is named relative to it.
 * @param advice follows {@link COMMIT_LOCKFILE_HINT}; may be empty.
 */
export function describeLockChanges(
  { lockFile, lockChanges }: Pick<Report, 'lockFile' | 'lockChanges'>,
  folder: string,
  advice = '',
): string | undefined {
  if (lockChanges.length === 0) return undefined;
  const shown = lockChanges.slice(0, MAX_CHANGES_SHOWN).map(escapeForLog);
  const more = lockChanges.length - shown.length;
  if (more > 0) shown.push(`and ${formatNumber(more)} more`);
  const changes = shown.join('\n  ');
  const name = escapeForLog(formatRelativeName(folder, lockFile));
  return `${name} changed: ${changes}\n${[COMMIT_LOCKFILE_HINT, advice].join(' ').trimEnd()}`;
}

function formatRelativeName(folder: string, file: string): string {
  const name = relative(folder, file);
  return name === '' || name.startsWith('..') || isAbsolute(name) ? file : name;
}
