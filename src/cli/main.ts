#!/usr/bin/env node
import { findNodeVersionProblem } from './node-version.ts';
import { runCommandLine } from './run.ts';

const problem = findNodeVersionProblem(process.version);
if (problem === undefined) {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
