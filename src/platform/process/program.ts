import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { TfcacheError } from '../error.ts';

/**
 * The absolute path of a program: a path is taken as it stands, a bare name is looked for in `PATH` of the environment
 * given. Undefined when there is no such executable file.
 */
export async function findProgram(
  program: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const isPath = isAbsolute(program) || /[\\/]/.test(program);
  const folders = isPath ? [''] : (environment['PATH'] ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  for (const folder of folders) {
    // An empty entry of PATH means the working folder: programs are not taken from there.
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
    // Absent or not ours to execute: either way not a program that can be run.
    return false;
  }
}

/** The error for a program that is not there. `hint` says how to get it. */
export function createMissingProgramError(program: string, hint: string): TfcacheError {
  return new TfcacheError(
    'program-missing',
    `The program ${JSON.stringify(program)} was not found.`,
    {
      hint,
    },
  );
}
