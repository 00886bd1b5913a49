/**
 * Loaded before a program by `node --import`: counts what it changes in the file system, and kills it with SIGKILL at the step
 * that `KILL_AT_STEP` names: before it, or, when it writes a file, with half of it written. Without that number the count is
 * written to the file that `KILL_STEPS_FILE` names.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const CHANGING = [
  'appendFile',
  'chmod',
  'copyFile',
  'link',
  'mkdir',
  'mkdtemp',
  'rename',
  'rm',
  'rmdir',
  'symlink',
  'unlink',
  'utimes',
  'writeFile',
] as const;

const at = Number(process.env['KILL_AT_STEP'] ?? Number.POSITIVE_INFINITY);
const original = { openSync: fs.openSync, writeSync: fs.writeSync, closeSync: fs.closeSync };
let steps = 0;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // It is delivered before the system call returns; this line is for types alone.
  throw new Error('still alive');
}

function step(name: string, args: readonly unknown[]): void {
  steps += 1;
  if (steps !== at) return;
  const [file, data] = args;
  if (name === 'writeFile' && typeof file === 'string' && typeof data === 'string') {
    const descriptor = original.openSync(file, 'w');
    original.writeSync(descriptor, data.slice(0, data.length / 2));
    original.closeSync(descriptor);
  }
  die();
}

type Any = (...args: unknown[]) => unknown;

/** A property of a built-in module, counted. */
function count(holder: object, property: string, name: string): void {
  const known: unknown = Reflect.get(holder, property);
  if (typeof known !== 'function') return;
  const counted: Any = (...args) => {
    step(name, args);
    return Reflect.apply(known, holder, args);
  };
  Reflect.set(holder, property, Object.assign(counted, known));
}

if (isMainThread) {
  for (const name of CHANGING) {
    count(fs, `${name}Sync`, name);
    count(fs.promises, name, name);
  }
  count(fs, 'writeSync', 'writeSync');
  syncBuiltinESMExports();
  const counts = process.env['KILL_STEPS_FILE'];
  if (counts !== undefined) {
    process.once('exit', () => {
      const descriptor = original.openSync(counts, 'w');
      original.writeSync(descriptor, String(steps));
      original.closeSync(descriptor);
    });
  }
}
