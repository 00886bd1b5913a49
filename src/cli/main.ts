#!/usr/bin/env node
import { runCommandLine } from './run.ts';

// `tfcache plan | head` closes the pipe early: that is the reader's wish, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await runCommandLine(process.argv.slice(2));
