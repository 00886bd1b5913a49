import { TfcacheError } from '../../../platform/error.ts';
import { runProgram } from '../../../platform/process/run.ts';
import { suggestName } from '../../../platform/text/similar-names.ts';
import { buildModuleListArguments } from '../process/arguments.ts';
import { formatHost, type RsyncUrl } from '../url/rsync-url.ts';

const SHOWN = 20;

/** How rsync is run. */
interface Program {
  rsyncPath: string;
  environment: NodeJS.ProcessEnv;
  timeout: number;
}

/** The error about a module that a daemon does not have, with those that it has in the hint, as far as it tells. */
export async function addModulesToError(
  { reason, message, hint, where, found }: TfcacheError,
  url: RsyncUrl,
  program: Program,
  signal: AbortSignal | undefined,
): Promise<TfcacheError> {
  const offer = await offeredModules(url, program, signal);
  return new TfcacheError(reason, message, {
    hint: `${hint ?? ''} ${offer ?? ''}`.trim(),
    ...(where === undefined ? {} : { where }),
    ...(found === undefined ? {} : { found }),
  });
}

/** Undefined when the daemon does not say: this is a courtesy, the error that led here stands anyway. */
async function offeredModules(
  url: RsyncUrl,
  program: Program,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const timeout = Math.min(program.timeout, 20);
  const result = await runProgram(
    program.rsyncPath,
    buildModuleListArguments(formatHost(url), { timeout }),
    {
      environment: program.environment,
      timeLimitMs: 2_000 * timeout,
      ...(signal === undefined ? {} : { signal }),
    },
  );
  if (result.exitCode !== 0) return undefined;
  const names = parseModules(result.stdout);
  if (names.length === 0) return 'It offers no module by name.';
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  const slip = suggestName(url.module, names);
  const guess = slip === undefined ? '' : `Did you mean ${slip}? `;
  return `${guess}It offers: ${names.slice(0, SHOWN).join(', ')}${more}.`;
}

/** The names in a daemon's list. */
export function parseModules(printed: string): string[] {
  return printed.split('\n').flatMap((line) => parseModuleLine(line) ?? []);
}

/** The module that a line of a daemon's list names: padded to 15 columns, a tab, a comment. A message of the day has no tab. */
export function parseModuleLine(line: string): string | undefined {
  return /^(\S[^\t]*?)\s*\t/.exec(line)?.[1];
}
