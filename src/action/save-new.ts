import { checkGithubCacheAvailability } from '../cache/github/environment.ts';
import { describeError } from '../platform/error.ts';
import { exitInTimeAfterSignal } from '../platform/process/exit-deadline.ts';
import { settleBeforeExit } from '../platform/process/settle-before-exit.ts';
import { formatBytes, formatCount } from '../platform/text/units.ts';
import type { SaveResult, SaveWork } from '../pull/types.ts';
import { getRunnerContext, readInputs } from './inputs.ts';
import { actionLog } from './log.ts';
import { createActionContext } from './run-context.ts';
import { addToSummary } from './summary.ts';

/** What there is to save; or why there is nothing, as a sentence. */
export type PendingSave = SaveWork | { nothing: string; warning?: string };

/** How saving ended. */
interface SaveOutcome {
  sentence: string;
  /** What went wrong, a sentence or a few lines each. */
  problems: readonly string[];
  /** Further problems, which are in the log already. */
  logged?: readonly string[];
}

/**
 * Saves what is new and says how it went, in the log and as a line of the job summary. Saving never fails a job: whatever goes
 * wrong is a warning.
 */
export async function saveAndReport(find: () => Promise<PendingSave>): Promise<void> {
  const { sentence, problems, logged = [] } = await trySave(find);
  for (const problem of problems) actionLog.warning(problem);
  if (sentence !== '') actionLog.info(sentence);
  await tryAddToSummary({ sentence, problems: [...logged, ...problems] });
}

async function trySave(find: () => Promise<PendingSave>): Promise<SaveOutcome> {
  try {
    return await settleBeforeExit(() => save(find));
  } catch (error) {
    const problem = `Nothing was saved to the cache: ${describeError(error)}`;
    return { sentence: '', problems: [problem] };
  }
}

async function save(find: () => Promise<PendingSave>): Promise<SaveOutcome> {
  const work = await find();
  if ('nothing' in work) {
    const { nothing, warning } = work;
    return { sentence: nothing, problems: warning === undefined ? [] : [warning] };
  }
  if (work.files.length === 0) return { sentence: 'Nothing new to save.', problems: [] };
  const reason = getUnsavableReason(work);
  if (reason !== undefined) return { sentence: `Nothing is saved: ${reason}.`, problems: [] };
  const { saveNewFiles } = await import('../pull/save/save.ts');
  const result = await saveNewFiles(work, createActionContext());
  const problems = result.problems.map((problem) => `Not saved: ${problem}`);
  const logged = result.corrupt.map(describeError);
  return { sentence: describeSaveResult(result), problems, logged };
}

/** A summary that cannot be written is no reason to fail a build. */
async function tryAddToSummary(outcome: SaveOutcome): Promise<void> {
  try {
    const { summary, path = '' } = readInputs();
    if (summary?.trim().toLowerCase() === 'false') return;
    const { workspace } = getRunnerContext();
    const step = { action: process.env['GITHUB_ACTION'], workspace, path: path.trim() };
    await addToSummary(outcome.sentence, outcome.problems, step);
  } catch (error) {
    actionLog.warning(`The job summary was not written: ${describeError(error)}`);
  }
}

/** Node's exit code if nothing is left that could settle what is awaited at the top. */
const UNSETTLED_EXIT_CODE = 13;

/** No service here, or a cache mode that was chosen: nothing went wrong, so nothing is warned of. */
function getUnsavableReason({ cache }: SaveWork): string | undefined {
  if (cache === 'none') return 'no cache is used';
  return cache === 'github'
    ? checkGithubCacheAvailability(process.env).unwritableReason
    : undefined;
}

export function describeSaveResult({
  savedCount,
  savedBytes,
  existingCount,
  problems,
  corrupt: wrong,
}: SaveResult): string {
  const there = `${formatCount(existingCount, 'pack')} ${existingCount === 1 ? 'was' : 'were'} there already`;
  if (savedCount > 0) {
    const now = `Saved ${formatCount(savedCount, 'pack')} (${formatBytes(savedBytes)})`;
    return existingCount > 0 ? `${now}; ${there}.` : `${now}.`;
  }
  if (problems.length + wrong.length > 0)
    return existingCount > 0 ? `Nothing was saved; ${there}.` : 'Nothing was saved.';
  return existingCount > 0
    ? `Nothing new to save: ${there}.`
    : 'Nothing new to save: the cache has all of it already.';
}

/** Even a fault in a callback, which no `try` sees, or a step that never ends must not fail a job that is done already. */
export function preventFailure(): void {
  exitInTimeAfterSignal(
    ({ message }) => actionLog.warning(`Saving to the cache broke off: ${message}`),
    () => 0,
  );
  process.once('exit', (code) => {
    if (code === UNSETTLED_EXIT_CODE) {
      actionLog.warning('Saving to the cache came to its end before its work was done.');
      process.exitCode = 0;
    }
  });
  process.on('uncaughtException', (error) => {
    actionLog.warning(`Saving to the cache broke off: ${describeError(error)}`);
    process.exit(0);
  });
}
