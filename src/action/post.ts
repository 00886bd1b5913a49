import { removeLeftoverFolders } from '../platform/files/temporary-folder.ts';
import { readInputs } from './inputs.ts';
import { neverFail, saveAndTell } from './save-new.ts';
import { takeState } from './state.ts';

neverFail();
removeLeftoverFolders(process.env);
await saveAndTell(async () => takeState() ?? { nothing: whyNothingWasLeft() });

/** The main step leaves no work for one of these reasons; `with:` is the same for both steps. */
function whyNothingWasLeft(): string {
  const { save, cache } = readInputs();
  if (save?.trim() === 'never') return 'Nothing is saved: save is never.';
  if (cache?.trim() === 'none') return 'Nothing is saved: no cache is used.';
  return 'Nothing new to save.';
}
