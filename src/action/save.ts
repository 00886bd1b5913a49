import { collectDestination } from './collect.ts';
import { neverFail, saveAndTell } from './save-new.ts';

neverFail();
await saveAndTell(collectDestination);
