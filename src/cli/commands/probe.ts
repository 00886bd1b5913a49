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

/** Seconds for one mirror; a shorter `timeout` counts. */
const MOST_SECONDS = 10;

/**
 * `tfcache probe`: looks at the mirrors named, else at those of the input. Returns 0 if at least one can be used; else 5 if a
 * retry may help for any of them, 7 if it does not.
 */
export async function runProbeCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ runContext }) => {
    const { inputs, environment } = line;
    if (inputs.offline !== undefined && inputs.offline !== 'false') {
      throw new TfcacheError('usage', 'tfcache probe cannot work while TFCACHE_OFFLINE is set.', {
        where: 'variable TFCACHE_OFFLINE',
        found: inputs.offline,
        hint: 'Unset it for this command: mirrors are looked at by asking them.',
      });
    }
    const targets = parseProbeTargets(mirrorsOf(line));
    const staleAfter = line.extra['stale-after'];
    const seconds =
      inputs.timeout === undefined ? MOST_SECONDS : parseInteger('timeout', inputs.timeout);
    const timeLimit = 1000 * Math.min(MOST_SECONDS, seconds);
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
        runContext.log.info(`Asking ${shown} (at most ${timeLimit / 1000} s) …`),
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

/** Days, as `--stale-after` takes them: at least one, for mirrors sync a few times a day at most. */
function parseDays(value: string): number {
  const days = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (days >= 1) return days;
  throw new TfcacheError('usage', 'The option --stale-after does not take this value.', {
    where: 'command line',
    expected: 'a whole number of days, at least 1: 30',
    found: JSON.stringify(value),
    hint: 'Set --stale-after to the days after which a mirror is too old for you, for example 30.',
  });
}

/** What stands on the command line; the variable counts only when nothing stands there. */
function mirrorsOf({ inputs, operands, environment }: CommandLine): string[] {
  const fromVariable = inputs.mirrors === environment[toVariableName('mirrors')];
  const option = operands.length > 0 && fromVariable ? '' : (inputs.mirrors ?? '');
  const written = [...operands, option].filter((text) => text.trim() !== '');
  return written.length === 0 ? [DEFAULT_MIRRORS] : written;
}
