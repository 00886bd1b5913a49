import { collectFilesToSave } from './collect-files-to-save.ts';
import { preventFailure, saveAndReport } from './save-new.ts';

preventFailure();
await saveAndReport(collectFilesToSave);
