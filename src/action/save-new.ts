import { availability } from '../cache/github-environment.ts';
import { describeError } from '../error.ts';
import type { SaveResult, SaveWork } from '../pull/types.ts';
import { formatBytes, formatCount } from '../report/units.ts';
import { actionLog } from './log.ts';
import { actionSurroundings } from './surroundings.ts';

/** Saves what is new and says how it went. Saving never fails a job: whatever goes wrong is a warning. */
export async function saveAndTell(find: () => Promise<SaveWork | undefined>): Promise<void> {
  try {
    const work = await find();
    if (work === undefined || work.files.length === 0) {
      actionLog.info('Nothing new to save.');
      return;
    }
    const reason = whyNotHere(work);
    if (reason !== undefined) {
      actionLog.info(`Nothing is saved: ${reason}.`);
      return;
    }
    const { saveNew } = await import('../pull/save.ts');
    const result = await saveNew(work, actionSurroundings());
    for (const problem of result.problems) actionLog.warning(`Not saved: ${problem}`);
    actionLog.info(tellOfSaving(result));
  } catch (error) {
    actionLog.warning(`Nothing was saved to the cache: ${describeError(error)}`);
  }
}

/** Node's exit code if nothing is left that could settle what is awaited at the top. */
const UNSETTLED = 13;

/** No service here, or a cache mode that was chosen: nothing went wrong, so nothing is warned of. */
function whyNotHere({ cache }: SaveWork): string | undefined {
  if (cache === 'none') return 'no cache is used';
  return cache === 'github' ? availability(process.env).unwritable : undefined;
}

export function tellOfSaving({ saved, bytes, alreadyThere, problems }: SaveResult): string {
  const there = `${formatCount(alreadyThere, 'pack')} ${alreadyThere === 1 ? 'was' : 'were'} there already`;
  if (saved > 0) {
    const now = `Saved ${formatCount(saved, 'pack')} (${formatBytes(bytes)})`;
    return alreadyThere > 0 ? `${now}; ${there}.` : `${now}.`;
  }
  if (problems.length > 0)
    return alreadyThere > 0 ? `Nothing was saved; ${there}.` : 'Nothing was saved.';
  return alreadyThere > 0
    ? `Nothing new to save: ${there}.`
    : 'Nothing new to save: the cache has all of it already.';
}

/** Even a fault in a callback, which no `try` sees, or a step that never ends must not fail a job that is done already. */
export function neverFail(): void {
  process.once('exit', (code) => {
    if (code === UNSETTLED) {
      actionLog.warning('Saving to the cache came to its end before its work was done.');
      process.exitCode = 0;
    }
  });
  process.on('uncaughtException', (error) => {
    actionLog.warning(`Saving to the cache broke off: ${describeError(error)}`);
    process.exit(0);
  });
}
