import { neverFail, saveAndTell } from './save-new.ts';
import { takeState } from './state.ts';

neverFail();
await saveAndTell(async () => takeState());
