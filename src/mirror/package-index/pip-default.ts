import { dirname } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { findPythonPrograms } from '../../platform/process/python-programs.ts';
import type { PipContext } from './pip-files.ts';

/** pip answers in less than a second; a cold disk or an emulated machine takes longer. */
const PIP_TIMEOUT_MS = 60_000;

/** Each pip since 1.0 has the constant in one of these modules. It is read without starting the rest of pip. */
const READ_CONSTANT = `
try:
    from pip._internal.models.index import PyPI
except ImportError:
    from pip.models.index import PyPI
print(PyPI.simple_url)
`;

/** pip's own help, without its configuration, which names the default. */
const READ_HELP = ['--isolated', 'install', '--help'];

/**
 * Returns the package index that is built into the pip of this machine: that of the job's Python, else of a `pip` on the
 * PATH. No address is built into tfcache.
 *
 * @param problems receives one line for each program that gave no answer.
 * @returns undefined if there is no pip. The program that answered is named for messages.
 */
export async function findPipDefault(
  { environment, platform }: PipContext,
  problems: string[] = [],
  signal?: AbortSignal,
): Promise<{ url: string; program: string } | undefined> {
  const { findProgram } = await import('../../platform/process/program.ts');
  const questions = findPythonPrograms(environment, platform).flatMap((program) => [
    { program, args: ['-c', READ_CONSTANT] },
    { program, args: ['-m', 'pip', ...READ_HELP] },
  ]);
  for (const name of ['pip3', 'pip']) {
    const program = await findProgram(name, environment);
    if (program !== undefined) questions.push({ program, args: READ_HELP });
  }
  for (const { program, args } of questions) {
    const answer = await ask(program, args, environment, signal);
    const url = args[0] === '-c' ? indexUrl(answer.text.trim()) : urlInHelp(answer.text);
    if (url !== undefined) return { url, program };
    problems.push(`${program}: ${answer.problem}`);
  }
  return undefined;
}

async function ask(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<{ text: string; problem: string }> {
  const { runProgram } = await import('../../platform/process/run.ts');
  try {
    const result = await runProgram(program, args, {
      // Wide enough that the help breaks no address, and without what pip would print besides.
      environment: { ...environment, COLUMNS: '1000', PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      // Python imports from its working folder first: a checkout may hold a folder named pip.
      folder: dirname(program),
      timeLimitMs: PIP_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    const text = result.exitCode === 0 ? result.stdout : '';
    return { text, problem: lastLine(result.stderr) ?? 'named no index' };
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    return { text: '', problem: error.found ?? error.message };
  }
}

/** `-i, --index-url <url>  Base URL of the Python Package Index (default https://…). …` */
function urlInHelp(help: string): string | undefined {
  const option = /--index-url[^\n]*(?:\n[^\n]+)?/.exec(help)?.[0] ?? '';
  return indexUrl(/\(default:? (\S+?)\)/.exec(option)?.[1] ?? '');
}

function indexUrl(text: string): string | undefined {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : undefined;
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
