import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';

/** Runs a program without a shell and gives what it wrote to standard output; rejects when it fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/** The Python that a step of the job would get. */
export interface FoundPython {
  /** `3.11.7` or, if only a file name says it, `3.11`; a `t` at the end marks a free-threaded build: `3.14.0t`. */
  version: string;
  /** The program whose name says the version: it can be asked for the full one. */
  program: string | undefined;
}

/**
 * Finds the Python that a step of the job would get: setup-python's (`pythonLocation`), else the first `python3` or
 * `python` on the PATH. File names say the version where they can, since starting Python costs more than the rest of
 * resolving; otherwise the program itself is asked.
 *
 * @throws TfcacheError `usage` if there is no CPython
 */
export async function findPython(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  run: RunProgram,
): Promise<FoundPython> {
  const fromPath = toolCacheVersion(environment['pythonLocation'] ?? '');
  if (fromPath !== undefined) return { version: fromPath, program: undefined };
  const problems: string[] = [];
  for (const program of findPythonPrograms(environment, platform)) {
    const named = versionFromName(program);
    if (named !== undefined) return { version: named, program };
    try {
      const version = await queryPythonVersion(program, run);
      if (version !== undefined) return { version, program: undefined };
      problems.push(`${program} is not CPython`);
    } catch (error) {
      problems.push(`${program}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new TfcacheError(
    'usage',
    'A wheel was asked for, and no python was found on this machine.',
    {
      hint: 'Say what the wheel is for: add ?python=3.11 to the request, or set python up before this step.',
      ...(problems.length === 0 ? {} : { found: problems.join('; ') }),
    },
  );
}

/**
 * Asks a Python for its full version.
 *
 * @returns `3.11.7` or `3.14.0t`; undefined if the program is not CPython
 * @throws whatever `run` throws
 */
export async function queryPythonVersion(
  program: string,
  run: RunProgram,
): Promise<string | undefined> {
  const answer = await run(program, ['-c', QUESTION]);
  return /^cpython (\d+\.\d+(?:\.\d+)?t?)\s*$/.exec(answer)?.[1];
}

/**
 * `Py_GIL_DISABLED` is 1 in free-threaded builds (PEP 703). Nothing is imported from the working folder, which Python
 * searches first: a checkout may hold a platform.py.
 */
const QUESTION = [
  'import sys',
  'sys.path=[p for p in sys.path if p]',
  'import platform,sysconfig',
  'n=platform.python_implementation().lower()',
  't="t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""',
  'print(n,"%d.%d.%d"%sys.version_info[:3]+t)',
].join(';');

/**
 * `/opt/hostedtoolcache/Python/3.11.9/x64`, or `…/Python/3.14.0/x64-freethreaded`. PyPy has a folder of its own name.
 */
function toolCacheVersion(location: string): string | undefined {
  const match =
    /[\\/]Python[\\/](\d+\.\d+\.\d+)[^\\/]*(?:[\\/]([^\\/]+))?[\\/]?$/.exec(location) ?? undefined;
  if (match === undefined) return undefined;
  return `${match[1]}${match[2]?.includes('freethreaded') ? 't' : ''}`;
}

/** Returns the programs that may be python, best first, each where it is found first. */
export function findPythonPrograms(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string[] {
  const location = environment['pythonLocation'] ?? '';
  const windows = platform === 'win32';
  const { join, delimiter, isAbsolute } = windows ? win32 : posix;
  const names = windows ? ['python3.exe', 'python.exe'] : ['python3', 'python'];
  const setUp = location === '' ? [] : [windows ? location : join(location, 'bin')];
  const searched = pathOf(environment, windows).split(delimiter).filter(isAbsolute);
  const found: string[] = [];
  for (const folders of [setUp, searched]) {
    for (const name of names) {
      const file = folders.map((folder) => join(folder, name)).find(isProgram);
      if (file !== undefined && !found.includes(file)) found.push(file);
    }
  }
  return found;
}

/** Windows spells it `Path`, and does not care. */
function pathOf(
  environment: Readonly<Record<string, string | undefined>>,
  windows: boolean,
): string {
  if (!windows) return environment['PATH'] ?? '';
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
  return key === undefined ? '' : (environment[key] ?? '');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not ours to run: the search goes on either way.
    return false;
  }
}

/**
 * The version in the name of the program: `python3` is most often a link to `python3.11`, in a virtual environment too.
 * Undefined if the name does not say it, or is that of two builds: a free-threaded `python3.14t` also installs itself as
 * `python3.14`.
 */
function versionFromName(program: string): string | undefined {
  const path = realpathSync(program).replaceAll('\\', '/');
  const match = /^python(\d+\.\d+)(t?)(?:\.exe)?$/.exec(posix.basename(path));
  if (match === null) return undefined;
  const [, version = '', threaded = ''] = match;
  if (threaded === '' && existsSync(path.replace(/(\.exe)?$/, 't$1'))) return undefined;
  return `${version}${threaded}`;
}
