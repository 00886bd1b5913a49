import { INPUT_NAMES } from '../inputs/table.ts';
import { createUsageErrorReport } from '../inputs/usage-error-report.ts';
import { describeError, TfcacheError } from '../platform/error.ts';
import { settleBeforeExit } from '../platform/process/settle-before-exit.ts';
import { sanitizeLines } from '../platform/text/sanitize-lines.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import { VERSION } from '../platform/version.ts';
import { serializeReport } from '../report/json.ts';
import { toCliError } from './cli-error.ts';
import type { Command } from './command.ts';
import { COMMANDS, PLANNED_COMMANDS } from './command.ts';
import { renderCommandHelp, renderGeneralHelp } from './help.ts';
import type { CommandLine } from './options.ts';
import { parseCommandLine, toVariableName } from './options.ts';
import { printError, printOutput } from './standard-streams.ts';

/** Runs the command line and prints errors to standard error. @returns the exit code of the contract */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    return await settleBeforeExit(() => dispatch(parseCommandLine(args, process.env)));
  } catch (thrown) {
    const error = toCliError(thrown);
    printError(`tfcache: ${sanitizeLines(describeError(error))}\n`);
    // With --json a report is printed even if the run could not start.
    if (args.includes('--json')) printOutput(serializeReport(createUsageErrorReport(error)));
    return error instanceof TfcacheError ? error.exitCode : 1;
  }
}

async function dispatch(line: CommandLine): Promise<number> {
  if (line.version || (line.command === 'version' && line.operands.length === 0)) {
    printOutput(`tfcache ${VERSION}\n`);
    return 0;
  }
  if (line.command === 'help' || (line.command === undefined && line.help)) {
    const [topic] = line.operands;
    printOutput(topic === undefined ? renderGeneralHelp() : renderCommandHelp(findCommand(topic)));
    return 0;
  }
  const command = findCommand(line.command);
  if (line.help) {
    printOutput(renderCommandHelp(command));
    return 0;
  }
  warnOfUnknownVariables(line);
  return command.run(line);
}

function findCommand(name: string | undefined): Command {
  if (name === undefined) {
    throw new TfcacheError('command-line-invalid', 'No command was given.', {
      where: 'command line',
      expected: COMMANDS.map((command) => command.name).join(', '),
      hint: "tfcache --help lists the commands. Example: tfcache pull 'wheel:tensorflow-cpu~=2.15.0?python=3.11' --mirrors rsync://…",
    });
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  if (PLANNED_COMMANDS.some((later) => later === name)) {
    throw new TfcacheError('command-line-invalid', `The command ${name} is not supported yet.`, {
      where: 'command line',
      hint: `Use one of ${COMMANDS.map((candidate) => candidate.name).join(', ')}.`,
    });
  }
  const slip = suggestName(
    name,
    COMMANDS.map((candidate) => candidate.name),
  );
  throw new TfcacheError('command-line-invalid', `There is no command ${JSON.stringify(name)}.`, {
    where: 'command line',
    hint:
      slip === undefined ? 'tfcache --help lists the commands.' : `Did you mean tfcache ${slip}?`,
  });
}

/** Warns of unknown `TFCACHE_` variables: a typo in a name would be ignored silently. */
function warnOfUnknownVariables({ environment }: CommandLine): void {
  const known = INPUT_NAMES.map(toVariableName);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('TFCACHE_') || known.includes(name)) continue;
    const slip = suggestName(name, known);
    const suggestion = slip === undefined ? '' : `; did you mean ${slip}?`;
    const warning = `warning: the variable ${name} is not known to tfcache${suggestion}`;
    printError(`${sanitizeLines(warning)}\n`);
  }
}
