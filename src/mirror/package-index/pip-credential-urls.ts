import { readFileSync } from 'node:fs';
import { parseIni } from './ini.ts';
import { listPipConfigurationFiles, type PipContext } from './pip-files.ts';

/**
 * Returns every value of pip's configuration, files and `PIP_…` variables, that holds an address: an index, further indexes,
 * a proxy. They may hold passwords, so the caller masks them. A file that cannot be read has none to give away.
 */
export function findPipCredentialUrls(surroundings: PipContext): string[] {
  const variables = Object.entries(surroundings.environment)
    .filter(([name]) => /^PIP_/i.test(name))
    .map(([, value]) => value ?? '');
  const settings = listPipConfigurationFiles(surroundings).flatMap((file) => valuesIn(file));
  return [...variables, ...settings]
    .flatMap((value) => value.split(/\s+/))
    .filter((word) => word.includes('://'));
}

function valuesIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // What needs the file reports that it cannot be read.
    return [];
  }
  return [...parseIni(text).values()];
}
