import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Whether names that differ only in case are one name there (macOS and Windows by default). Found out without writing:
 * the folder itself, or the nearest one above that has a letter in its name, is looked up in the other case.
 */
export function foldsCase(folder: string): boolean {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    const name = basename(at);
    const other = swapCase(name);
    const stats = statSync(at, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined || other === name) continue;
    const twin = statSync(join(dirname(at), other), { bigint: true, throwIfNoEntry: false });
    return twin !== undefined && twin.ino === stats.ino && twin.dev === stats.dev;
  }
  return process.platform === 'win32' || process.platform === 'darwin';
}

function swapCase(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}
