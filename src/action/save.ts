import { collectFilesToSave } from './collect-files-to-save.ts';
import { warnAboutUnknownInputs } from './inputs.ts';
import { actionLog } from './log.ts';
import { preventFailure, saveAndReport } from './save-new.ts';

preventFailure();
warnAboutUnknownInputs(process.env, actionLog);
await saveAndReport(collectFilesToSave);
