import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
/** Node 24 from the development dependencies: what a runner uses, whatever started this program. */
export const NODE = join(ROOT, 'node_modules', '.bin', 'node');
export const MAIN = join(ROOT, 'dist', 'main', 'index.js');
export const CLI = join(ROOT, 'dist', 'cli', 'index.js');

/** The environment a runner gives a step. `folder` holds its workspace, temporary folder and command files. */
export function stepEnvironment(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: join(folder, 'workspace'),
    RUNNER_TEMP: join(folder, 'temp'),
    RUNNER_OS: 'Linux',
    ...more,
  };
  mkdirSync(join(folder, 'workspace'), { recursive: true });
  mkdirSync(join(folder, 'temp'), { recursive: true });
  for (const file of [
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_STEP_SUMMARY',
  ]) {
    environment[file] = join(folder, file);
    writeFileSync(join(folder, file), '');
  }
  for (const [name, value] of Object.entries(inputs)) {
    environment[`INPUT_${name.toUpperCase()}`] = value;
  }
  return environment;
}
