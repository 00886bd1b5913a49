import { DEFAULT_MIRRORS } from '../../inputs/table.ts';
import { parseInteger } from '../../inputs/values.ts';
import { EXIT_CODES, TfcacheError } from '../../platform/error.ts';
import { probeMirrors } from '../../probe/probe.ts';
import { formatProbeJson } from '../../probe/report/json.ts';
import { renderProbeReport } from '../../probe/report/render.ts';
import { isTransientProblem, isUsableMirror } from '../../probe/report/report.ts';
import { parseProbeTargets } from '../../probe/target.ts';
import { type CommandLine, toVariableName } from '../options.ts';
import { runInSession } from '../session.ts';
import { printOutput } from '../standard-streams.ts';

/** The time limit for one mirror. A shorter `timeout` takes precedence. */
const MAX_PROBE_SECONDS = 10;

/**
 * Runs `tfcache probe` on the mirrors of the arguments, else on those of the input.
 *
 * @returns 0 if at least one mirror can be used, 5 if a retry may help for one of them, else 7
 */
export async function runProbeCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ runContext }) => {
    const { inputs, environment } = line;
    if (inputs.offline !== undefined && inputs.offline !== 'false') {
      throw new TfcacheError(
        'command-line-invalid',
        'tfcache probe cannot work while TFCACHE_OFFLINE is set.',
        {
          where: 'variable TFCACHE_OFFLINE',
          found: inputs.offline,
          hint: 'Unset the variable for this command: it has to contact the mirrors.',
        },
      );
    }
    const targets = parseProbeTargets(mirrorsOf(line));
    const staleAfter = line.extra['stale-after'];
    const seconds =
      inputs.timeout === undefined ? MAX_PROBE_SECONDS : parseInteger('timeout', inputs.timeout);
    const timeLimit = 1000 * Math.min(MAX_PROBE_SECONDS, seconds);
    const report = await probeMirrors({
      targets,
      environment,
      rsyncPath: inputs['rsync-path'] ?? 'rsync',
      rsyncPassword: inputs['rsync-password'],
      proxy: inputs.proxy,
      ...(staleAfter === undefined ? {} : { staleAfterDays: parseDays(staleAfter) }),
      timeLimitMs: timeLimit,
      signal: runContext.signal,
      onStart: ({ shown }) =>
        runContext.log.info(`Probing ${shown} (at most ${timeLimit / 1000} s) …`),
    });
    if (line.json) printOutput(formatProbeJson(report));
    else {
      const { isTTY } = process.stdout;
      const paint = isTTY === true && environment['TERM'] !== 'dumb' && !environment['NO_COLOR'];
      const lines = renderProbeReport(report, { colour: paint ? 'colour' : 'plain' });
      printOutput(`${lines.join('\n')}\n`);
    }
    if (report.mirrors.some(isUsableMirror)) return 0;
    const mayRecover = report.mirrors.some(({ problem }) => isTransientProblem(problem));
    return EXIT_CODES[mayRecover ? 'no-mirror' : 'configuration'];
  });
}

/** Parses `--stale-after`: at least one day, because mirrors sync a few times a day at most. */
function parseDays(value: string): number {
  const days = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (days >= 1) return days;
  throw new TfcacheError(
    'command-line-invalid',
    'The value of the option --stale-after is not valid.',
    {
      where: 'command line',
      expected: 'a whole number of days, at least 1: 30',
      found: JSON.stringify(value),
      hint: 'Set --stale-after to the number of days after which a mirror is stale, for example 30.',
    },
  );
}

/** Returns the mirrors of the command line. The variable applies only if the command line has none. */
function mirrorsOf({ inputs, operands, environment }: CommandLine): string[] {
  const fromVariable = inputs.mirrors === environment[toVariableName('mirrors')];
  const option = operands.length > 0 && fromVariable ? '' : (inputs.mirrors ?? '');
  const written = [...operands, option].filter((text) => text.trim() !== '');
  return written.length === 0 ? [DEFAULT_MIRRORS] : written;
}
