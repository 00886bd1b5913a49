import { collectDestination } from './collect.ts';
import { saveAndTell } from './save-new.ts';

await saveAndTell(collectDestination);
