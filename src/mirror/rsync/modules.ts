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

/** The names in a daemon's list: each padded to 15 columns, a tab, a comment. A message of the day has no such tab. */
export function parseModules(printed: string): string[] {
  const names: string[] = [];
  for (const line of printed.split('\n')) {
    const name = /^(\S[^\t]*?)\s*\t/.exec(line)?.[1];
    if (name !== undefined) names.push(name);
  }
  return names;
}
