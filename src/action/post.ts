import { saveAndTell } from './save-new.ts';
import { takeState } from './state.ts';

await saveAndTell(async () => takeState());
