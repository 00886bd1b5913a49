import { TfcacheError } from '../../../platform/error.ts';
import { runProgram } from '../../../platform/process/run.ts';

/** Which long options an rsync takes. */
export interface Capabilities {
  has(option: string): boolean;
}

/** Every rsync from 3.2.5 on. */
export const CURRENT_CAPABILITIES: Capabilities = { has: () => true };

/** Without these there is no transfer that is exact and that can be gone on from. */
const ESSENTIAL = ['--files-from', '--from0', '--list-only', '--partial-dir', '--timeout'];

/**
 * Asks an old or other rsync (openrsync, as on macOS) which options it takes, by its own help.
 *
 * @throws TfcacheError `failed` when it lacks what cannot be done without.
 */
export async function probeCapabilities(
  rsyncPath: string,
  environment: NodeJS.ProcessEnv,
): Promise<Capabilities> {
  const { stdout, stderr } = await runProgram(rsyncPath, ['--help'], {
    environment,
    timeLimitMs: 20_000,
  });
  return parseCapabilities(rsyncPath, `${stdout}\n${stderr}`);
}

/** The options that a help text names: a column of them (rsync), or one line of usage (openrsync). */
export function parseCapabilities(rsyncPath: string, help: string): Capabilities {
  const options = new Set(help.match(/--[a-z0-9][a-z0-9-]*/g) ?? []);
  const missing = ESSENTIAL.filter((option) => !options.has(option));
  if (missing.length > 0) {
    throw new TfcacheError('program-unsupported', 'This rsync lacks options that are needed.', {
      where: rsyncPath,
      expected: missing.join(', '),
      hint: 'Install a current rsync (macOS: `brew install rsync`) and name it by the input rsync-path, or use an https:// mirror.',
    });
  }
  // Each option that is on by itself has a form that turns it off, which the help does not name.
  return {
    has: (option) =>
      options.has(option) || (option.startsWith('--no-') && options.has(`--${option.slice(5)}`)),
  };
}
