import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** Returns the paths of the programs that may be Python, in the order in which they are tried. */
export function findPythonPrograms(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string[] {
  const location = environment['pythonLocation'] ?? '';
  const isWindows = platform === 'win32';
  const { join, delimiter, isAbsolute } = isWindows ? win32 : posix;
  const names = isWindows ? ['python3.exe', 'python.exe'] : ['python3', 'python'];
  const toolCache = location === '' ? [] : [isWindows ? location : join(location, 'bin')];
  const searched = getSearchPath(environment, isWindows).split(delimiter).filter(isAbsolute);
  const found: string[] = [];
  for (const folders of [toolCache, searched]) {
    for (const name of names) {
      const file = folders.map((folder) => join(folder, name)).find(isProgram);
      if (file !== undefined && !found.includes(file)) found.push(file);
    }
  }
  return found;
}

/** Names of variables are case-insensitive on Windows, which writes `Path`. */
function getSearchPath(
  environment: Readonly<Record<string, string | undefined>>,
  isWindows: boolean,
): string {
  if (!isWindows) return environment['PATH'] ?? '';
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
  return key === undefined ? '' : (environment[key] ?? '');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // It does not exist or may not be run. The search continues.
    return false;
  }
}
