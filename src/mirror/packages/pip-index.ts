import { readFileSync } from 'node:fs';
import { TfcacheError } from '../../error.ts';
import { errorCode } from '../../store/file-error.ts';
import { type IniValues, parseIni } from './ini.ts';
import { type PipSurroundings, pipConfigurationFiles } from './pip-files.ts';

/** Where a setting was found, for messages. */
export interface PipIndex {
  /** As configured: a user and a password may stand in it. */
  url: string;
  /** `PIP_INDEX_URL`, or the file. */
  from: string;
}

/** Sections of the files, the one that overrides the other last. */
const SECTIONS = ['global', 'install'];

/**
 * The package index that `pip install` would ask: PIP_INDEX_URL, else `index-url` of pip’s configuration. pip’s own default is
 * no configuration: no host is built in here. Further indexes (`extra-index-url`) are not asked, because a project
 * of the same name in one of them could take the place of the one that is meant.
 *
 * @throws TfcacheError `usage` when no index is configured, or `no-index` is; `failed` for a file that cannot be read.
 */
export function findPipIndex(surroundings: PipSurroundings): PipIndex {
  const { environment } = surroundings;
  const files = pipConfigurationFiles(surroundings);
  const read = files.flatMap((file) => {
    const values = readValues(file);
    return values === undefined ? [] : [{ file, values }];
  });
  if (isTrue(environment['PIP_NO_INDEX'] || settingOf(read, 'no-index')?.value)) throw noIndex();
  const variable = environment['PIP_INDEX_URL']?.trim();
  if (variable) return { url: variable, from: 'PIP_INDEX_URL' };
  const found = settingOf(read, 'index-url');
  if (found === undefined) throw notConfigured(files);
  return { url: found.value, from: found.file };
}

interface ReadFile {
  file: string;
  values: IniValues;
}

/** The section decides before the file does; an empty value counts as none. */
function settingOf(files: readonly ReadFile[], key: string) {
  for (const section of SECTIONS.toReversed()) {
    for (const { file, values } of files.toReversed()) {
      const value = values.get(`${section}.${key}`);
      if (value !== undefined && value !== '') return { file, value };
    }
  }
  return undefined;
}

function readValues(file: string): IniValues | undefined {
  try {
    return parseIni(readFileSync(file, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw new TfcacheError('failed', 'A file of pip’s configuration cannot be read.', {
      where: file,
      found: error instanceof Error ? error.message : String(error),
      hint: 'Make it readable for the user of this job, or name the index itself: pypi=https://host/simple/',
      cause: error,
    });
  }
}

/** As pip reads a switch. */
function isTrue(value: string | undefined): boolean {
  return ['y', 'yes', 't', 'true', 'on', '1'].includes(value?.trim().toLowerCase() ?? '');
}

function noIndex(): TfcacheError {
  return new TfcacheError('usage', 'pip is configured to ask no package index (no-index).', {
    where: 'mirrors: pypi=pip',
    hint: 'Remove that line from mirrors, or name an index: pypi=https://host/simple/',
  });
}

function notConfigured(files: readonly string[]): TfcacheError {
  return new TfcacheError('usage', 'pip’s configuration names no package index.', {
    where: 'mirrors: pypi=pip',
    found: `neither PIP_INDEX_URL nor index-url in ${files.join(', ') || 'any file'}`,
    hint: 'Set PIP_INDEX_URL, or name the index: pypi=https://host/simple/',
  });
}
