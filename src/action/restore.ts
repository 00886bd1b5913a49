import { runPull } from './run.ts';

// The sub-action restore has no post step, so nobody would take the work.
await runPull({ leavesWork: false });
