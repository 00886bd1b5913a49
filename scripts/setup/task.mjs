import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const WINDOWS = process.platform === 'win32';

/** What a person can do something about; anything else is a defect of the script. */
export class SetupError extends Error {}

/** Runs a program quietly; its output is shown only when it fails, inside the error. */
export function run(program, args, { cwd = ROOT, env = process.env, shell = false } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    env,
    shell,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  return { ok: result.status === 0, output: result.error ? String(result.error) : output };
}

/** Says what takes a while before it starts, and how long it took. */
export function task(title, work) {
  const start = Date.now();
  process.stderr.write(`setup: ${title} … `);
  try {
    work();
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  }
  process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** Undefined when there is no such file. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new SetupError(`${file} cannot be read: ${error.message}`);
  }
}
