import { runProgram } from '../../process/run.ts';
import { moduleListArguments } from './arguments.ts';
import { formatHost, type RsyncUrl } from './url.ts';

const SHOWN = 20;

/**
 * Asks a daemon which modules it offers, for the message about one that it does not have. Undefined when it does not say:
 * this is a courtesy, the error that led here stands anyway.
 */
export async function offeredModules(
  url: RsyncUrl,
  program: { rsyncPath: string; environment: NodeJS.ProcessEnv; timeout: number },
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const timeout = Math.min(program.timeout, 20);
  const result = await runProgram(
    program.rsyncPath,
    moduleListArguments(formatHost(url), { timeout }),
    {
      environment: program.environment,
      timeLimit: 2_000 * timeout,
      ...(signal === undefined ? {} : { signal }),
    },
  );
  if (result.exitCode !== 0) return undefined;
  const names = parseModules(result.stdout);
  if (names.length === 0) return 'It offers no module by name.';
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  return `It offers: ${names.slice(0, SHOWN).join(', ')}${more}.`;
}

/** The names in a daemon's list. */
export function parseModules(printed: string): string[] {
  return printed.split('\n').flatMap((line) => moduleIn(line) ?? []);
}

/** The module that a line of a daemon's list names: padded to 15 columns, a tab, a comment. A message of the day has no tab. */
export function moduleIn(line: string): string | undefined {
  return /^(\S[^\t]*?)\s*\t/.exec(line)?.[1];
}
