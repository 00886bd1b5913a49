import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT, run, SetupError, task, WINDOWS } from './task.mjs';

const NODE_MAJOR = 24;

/** The Node that npm scripts find first: node_modules/.bin stands at the head of their PATH. */
function localNode() {
  return WINDOWS
    ? path.join(ROOT, 'node_modules', 'node', 'bin', 'node.exe')
    : path.join(ROOT, 'node_modules', '.bin', 'node');
}

function nodeMajor(program) {
  const result = existsSync(program) ? run(program, ['--version']) : { ok: false, output: '' };
  return result.ok ? Number(/^v(\d+)\./.exec(result.output)?.[1] ?? 0) : 0;
}

export function ensureNode() {
  const program = localNode();
  if (nodeMajor(program) === NODE_MAJOR) return;
  const folder = path.join(ROOT, 'node_modules', 'node');
  task(`Node ${NODE_MAJOR}`, () => {
    // The package brings the program by an install script, which newer npm does not run unasked: so do what it does.
    const env = { ...process.env };
    delete env.npm_config_local_prefix;
    const script = path.join(folder, 'installArchSpecificPackage.js');
    const installed = run(process.execPath, [script], { cwd: folder, env });
    if (!WINDOWS && existsSync(path.join(folder, 'bin', 'node'))) {
      rmSync(program, { force: true });
      symlinkSync(path.join('..', 'node', 'bin', 'node'), program);
    }
    if (nodeMajor(program) === NODE_MAJOR) return;
    if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return;
    throw new SetupError(
      `Node ${NODE_MAJOR} could not be installed as an npm package; this is Node ${process.versions.node}.\n` +
        `Install Node ${NODE_MAJOR} and run the command again.\n${installed.output}`,
    );
  });
}

/** Runs FILE with its arguments in the foreground. @returns its exit code */
export function runFile(file) {
  const program = nodeMajor(localNode()) === NODE_MAJOR ? localNode() : process.execPath;
  const result = spawnSync(program, file, { cwd: ROOT, stdio: 'inherit' });
  if (result.error)
    throw new SetupError(`${program} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}
