import { runPull } from './run.ts';

await runPull({ leavesWork: true });
