import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { TfcacheError } from '../error.ts';

/**
 * Returns the absolute path of a program; undefined if there is no such executable file. A bare name is looked up in `PATH` of the
 * environment.
 */
export async function findProgram(
  program: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const isPath = isAbsolute(program) || /[\\/]/.test(program);
  const folders = isPath ? [''] : (environment['PATH'] ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  for (const folder of folders) {
    // An empty entry of PATH means the working folder, from which no program is started.
    if (!isPath && folder === '') continue;
    for (const ending of endings) {
      const candidate = isPath ? resolve(program + ending) : join(folder, program + ending);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Missing or not executable for this user.
    return false;
  }
}

/** @param hint says how to install the program. */
export function createMissingProgramError(program: string, hint: string): TfcacheError {
  return new TfcacheError(
    'program-missing',
    `The program ${JSON.stringify(program)} was not found.`,
    {
      hint,
    },
  );
}
