import { rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { hasGithubCacheService } from '../cache/github/environment.ts';
import type { InputContext } from '../inputs/parse.ts';
import type { RawInputs } from '../inputs/table.ts';
import { EXIT_CODES, TfcacheError } from '../platform/error.ts';
import {
  makeTemporaryFolder,
  removeLeftoverFolders,
  TEMPORARY_PREFIX,
} from '../platform/files/temporary-folder.ts';
import type { RunContext } from '../pull/types.ts';
import { createLocalMachine } from '../request/machine/machine.ts';
import type { CommandLine } from './options.ts';
import { getStandardError } from './standard-streams.ts';
import { createTerminalOutput } from './terminal.ts';

/** The run context of one command. */
export interface CliSession {
  runContext: RunContext;
  context: InputContext;
}

/**
 * Runs a command. On SIGINT (Ctrl-C) and SIGTERM the command is aborted cleanly, with code `interrupted` and exit code 130.
 * The temporary folder is created when the command first uses it and deleted at the end. The folder of a killed command is
 * deleted when the next command starts.
 */
export async function runInSession(
  line: CommandLine,
  work: (session: CliSession) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      signals += 1;
      controller.abort(new TfcacheError('interrupted', `Stopped by ${signal}.`));
      // A second signal ends the process without cleaning up.
      if (signals > 1) process.exit(EXIT_CODES.interrupted);
    });
  }
  removeLeftoverFolders(line.environment);
  let temporary: string | undefined;
  try {
    return await work({
      runContext: {
        ...createTerminalOutput(getStandardError(), line),
        machine: createLocalMachine(line.environment),
        signal: controller.signal,
        environment: line.environment,
      },
      context: {
        workspace: process.cwd(),
        get temporaryFolder() {
          temporary ??= makeTemporaryFolder(tmpdir(), TEMPORARY_PREFIX);
          return temporary;
        },
        homeFolder: homedir(),
      },
    });
  } catch (error) {
    // The signal is the reason, whatever error it caused.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

/** Sets the default of `cache`: `github` inside a job that can reach GitHub's cache, else `none`. */
export function applyCliDefaults({ inputs, environment }: CommandLine): RawInputs {
  const inJob = environment['GITHUB_ACTIONS'] === 'true' && hasGithubCacheService(environment);
  return { ...inputs, cache: inputs.cache ?? (inJob ? 'github' : 'none') };
}
