import { describeError } from '../error.ts';
import type { SaveWork } from '../pull/types.ts';
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
    const { saveNew } = await import('../pull/save.ts');
    const result = await saveNew(work, actionSurroundings());
    for (const problem of result.problems) actionLog.warning(`Not saved: ${problem}`);
    actionLog.info(
      `Saved ${formatCount(result.saved, 'pack')} (${formatBytes(result.bytes)}); ${result.alreadyThere} were there already.`,
    );
  } catch (error) {
    actionLog.warning(`Nothing was saved to the cache: ${describeError(error)}`);
  }
}

/** Even a fault in a callback, which no `try` sees, must not fail a job that is done already. */
export function neverFail(): void {
  process.on('uncaughtException', (error) => {
    actionLog.warning(`Saving to the cache broke off: ${describeError(error)}`);
    process.exit(0);
  });
}
