import { realpathSync } from 'node:fs';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import { readRegularFile } from '../../platform/files/read-regular-file.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { type IniValues, parseIni } from './ini.ts';
import { NoPipIndexError } from './no-pip-index.ts';
import { findPipDefault } from './pip-default.ts';
import { listPipConfigurationFiles, type PipContext } from './pip-files.ts';

/** Where a setting was found, for messages. */
export interface PipIndex {
  /** As configured: a user and a password may stand in it. */
  url: string;
  /** `PIP_INDEX_URL`, or the file. */
  source: string;
}

/** A virtual environment, and with it such a file, may stand in a checkout. */
const MAX_CONFIGURATION_BYTES = 1024 * 1024;

/** Sections of the files, the one that overrides the other last. */
const SECTIONS = ['global', 'install'];

/**
 * Returns the package index that `pip install` would ask: PIP_INDEX_URL, else `index-url` of pip’s configuration, else the
 * default of the pip that is on this machine. No host is built into tfcache. Further indexes (`extra-index-url`) are not
 * asked, because a project of the same name in one of them could take the place of the one that is meant.
 *
 * @throws NoPipIndexError if there is no such index, or `no-index` is configured; TfcacheError `failed` for a file that cannot
 *   be read.
 */
export async function findPipIndex(
  surroundings: PipContext,
  signal?: AbortSignal,
): Promise<PipIndex> {
  const { files, found } = findConfiguredPipIndex(surroundings);
  if (found !== undefined) return found;
  const problems: string[] = [];
  const builtIn = await findPipDefault(surroundings, problems, signal);
  throwIfCancelled(signal);
  if (builtIn === undefined) throw noPip(files, problems);
  return { url: builtIn.url, source: `the default of pip, ${builtIn.program}` };
}

/**
 * Returns the index that pip's configuration names, and the files that were looked for.
 *
 * @throws NoPipIndexError if `no-index` is configured; TfcacheError `failed` for a file that cannot be read.
 */
export function findConfiguredPipIndex(surroundings: PipContext): {
  files: readonly string[];
  found: PipIndex | undefined;
} {
  const { environment } = surroundings;
  const files = listPipConfigurationFiles(surroundings);
  const read = files.flatMap((file) => {
    const values = readValues(file);
    return values === undefined ? [] : [{ file, values }];
  });
  if (isTrue(environment['PIP_NO_INDEX'] || settingOf(read, 'no-index')?.value)) throw noIndex();
  const variable = environment['PIP_INDEX_URL']?.trim();
  if (variable) return { files, found: { url: variable, source: 'PIP_INDEX_URL' } };
  const setting = settingOf(read, 'index-url');
  const found = setting && { url: setting.value, source: setting.file };
  return { files, found };
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
    // A link to the null device is a way to have no configuration.
    if (realpathSync(file) === '/dev/null') return undefined;
    const text = readRegularFile(file, {
      what: 'configuration of pip',
      maxBytes: MAX_CONFIGURATION_BYTES,
    })?.toString();
    return text === undefined ? undefined : parseIni(text);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw new TfcacheError('file-error', 'A file of pip’s configuration cannot be read.', {
      where: file,
      found: getErrorMessage(error),
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
  return new NoPipIndexError(
    'pip-index-disabled',
    'pip is configured to ask no package index (no-index).',
    {
      hint: 'Remove that line from mirrors, or name an index: pypi=https://host/simple/',
    },
  );
}

function noPip(files: readonly string[], problems: readonly string[]): TfcacheError {
  const pip = problems.length === 0 ? 'no python and no pip on the PATH' : problems.join('; ');
  return new NoPipIndexError(
    'pip-missing',
    'pip’s configuration names no package index, and there is no pip to ask for its default.',
    {
      found: `neither PIP_INDEX_URL nor index-url in ${files.join(', ') || 'any file'}; ${pip}`,
      hint: 'Set up Python before this step, set PIP_INDEX_URL, or name the index: pypi=https://host/simple/',
    },
  );
}
