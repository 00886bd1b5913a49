import { existsSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import { findPythonPrograms } from '../../platform/process/python-programs.ts';

/** Runs a program without a shell and returns its standard output. Rejects if the program fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/** The Python that a step of the job would run. */
export interface FoundPython {
  /** `3.11.7`, or `3.11` if it comes from a file name. A `t` at the end marks a free-threaded build: `3.14.0t`. */
  version: string;
  /** The program whose file name contains the version. It can be run for the full version. */
  program: string | undefined;
}

/**
 * Finds the Python that a step of the job would run: that of setup-python (`pythonLocation`), else the first `python3` or
 * `python` on the PATH. Takes the version from file names if possible, because starting Python takes longer than the rest of
 * resolving.
 *
 * @throws TfcacheError `python-missing` if there is no CPython
 */
export async function findPython(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  run: RunProgram,
): Promise<FoundPython> {
  const fromToolCache = parseToolCachePath(environment['pythonLocation'] ?? '');
  if (fromToolCache !== undefined) return { version: fromToolCache, program: undefined };
  const problems: string[] = [];
  for (const program of findPythonPrograms(environment, platform)) {
    const fromName = parseProgramName(program);
    if (fromName !== undefined) return { version: fromName, program };
    try {
      const version = await queryPythonVersion(program, run);
      if (version !== undefined) return { version, program: undefined };
      problems.push(`${program} is not CPython`);
    } catch (error) {
      problems.push(`${program}: ${getErrorMessage(error)}`);
    }
  }
  throw new TfcacheError('python-missing', 'A wheel was requested, and no Python was found.', {
    hint: 'Add ?python=3.11 to the request, or install Python before this step (actions/setup-python).',
    ...(problems.length === 0 ? {} : { found: problems.join('; ') }),
  });
}

/**
 * Runs a Python and returns its full version.
 *
 * @returns `3.11.7` or `3.14.0t`; undefined if the program is not CPython
 * @throws the error of `run`
 */
export async function queryPythonVersion(
  program: string,
  run: RunProgram,
): Promise<string | undefined> {
  const output = await run(program, ['-c', VERSION_SCRIPT]);
  return /^cpython (\d+\.\d+(?:\.\d+)?t?)\s*$/.exec(output)?.[1];
}

/**
 * `Py_GIL_DISABLED` is 1 in free-threaded builds (PEP 703). The working folder is removed from the search path, because a
 * checkout may contain a platform.py.
 */
const VERSION_SCRIPT = [
  'import sys',
  'sys.path=[p for p in sys.path if p]',
  'import platform,sysconfig',
  'n=platform.python_implementation().lower()',
  't="t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""',
  'print(n,"%d.%d.%d"%sys.version_info[:3]+t)',
].join(';');

/**
 * Parses `/opt/hostedtoolcache/Python/3.11.9/x64` and `…/Python/3.14.0/x64-freethreaded`. PyPy has a folder of another name.
 */
function parseToolCachePath(location: string): string | undefined {
  const match =
    /[\\/]Python[\\/](\d+\.\d+\.\d+)[^\\/]*(?:[\\/]([^\\/]+))?[\\/]?$/.exec(location) ?? undefined;
  if (match === undefined) return undefined;
  return `${match[1]}${match[2]?.includes('freethreaded') ? 't' : ''}`;
}

/**
 * Returns the version in the name of a program: `python3` usually is a link to `python3.11`, in a virtual environment too.
 * Returns undefined if the name contains no version or may be one of two builds: a free-threaded `python3.14t` installs itself
 * as `python3.14` too.
 */
function parseProgramName(program: string): string | undefined {
  const path = realpathSync(program).replaceAll('\\', '/');
  const match = /^python(\d+\.\d+)(t?)(?:\.exe)?$/.exec(posix.basename(path));
  if (match === null) return undefined;
  const [, version = '', threaded = ''] = match;
  if (threaded === '' && existsSync(path.replace(/(\.exe)?$/, 't$1'))) return undefined;
  return `${version}${threaded}`;
}
