import { removeLeftoverFolders } from '../platform/files/temporary-folder.ts';
import { readInputs } from './inputs.ts';
import { preventFailure, saveAndReport } from './save-new.ts';
import { loadState } from './state.ts';

preventFailure();
removeLeftoverFolders(process.env);
await saveAndReport(async () => loadState() ?? { nothing: describeNoWork() });

/** The main step leaves no work for one of these reasons; `with:` is the same for both steps. */
function describeNoWork(): string {
  const { save, cache } = readInputs();
  if (save?.trim() === 'never') return 'Nothing is saved: save is never.';
  if (cache?.trim() === 'none') return 'Nothing is saved: no cache is used.';
  return 'Nothing new to save.';
}
