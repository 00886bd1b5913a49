import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { TfcacheError } from '../error.ts';

/** Runs a program without a shell and gives what it wrote to standard output; rejects when it fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

/**
 * The version (`3.11`) of the python that a step of the job would get: setup-python's (`pythonLocation`), else the first
 * `python3` or `python` on the PATH. Told by file names where they tell it, since starting python costs more than all
 * the rest of resolving; else python itself is asked.
 *
 * @throws TfcacheError `usage` when there is no CPython
 */
export async function findPython(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  run: RunProgram,
): Promise<string> {
  const location = environment['pythonLocation'] ?? '';
  const told = toolCacheVersion(location);
  if (told !== undefined) return told;
  const problems: string[] = [];
  for (const program of pythonPrograms(environment, platform)) {
    const named = versionFromName(program);
    if (named !== undefined) return named;
    try {
      const answer = await run(program, ['-c', QUESTION]);
      const version = /^cpython (\d+\.\d+)\s*$/.exec(answer)?.[1];
      if (version !== undefined) return version;
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

const QUESTION =
  'import platform,sys;print(platform.python_implementation().lower(),"%d.%d"%sys.version_info[:2])';

/** `/opt/hostedtoolcache/Python/3.11.9/x64` (PyPy stands in a folder of its own name). */
function toolCacheVersion(location: string): string | undefined {
  return /[\\/]Python[\\/](\d+\.\d+)\.\d+[^\\/]*(?:[\\/][^\\/]+)?[\\/]?$/.exec(location)?.[1];
}

/** Returns the programs that may be python, best first, each where it is found first. */
export function pythonPrograms(
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

/** `python3` is most often a link to `python3.11`, in a virtual environment too. */
function versionFromName(program: string): string | undefined {
  const name = posix.basename(realpathSync(program).replaceAll('\\', '/'));
  return /^python(\d+\.\d+)(?:\.exe)?$/.exec(name)?.[1];
}
