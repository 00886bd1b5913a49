import path from 'node:path';
import process from 'node:process';
import { ROOT, readJson, run, SetupError, task, WINDOWS } from './task.mjs';

/** npm as it runs now when this was started by npm, else the one on the PATH. */
export function npm(args, cwd = ROOT) {
  const env = { ...process.env };
  // Set by an outer `npm run`; an inner npm in another folder would take the outer one's for its own.
  delete env.npm_config_local_prefix;
  delete env.npm_config_global;
  const self = process.env.npm_execpath;
  if (self !== undefined && /npm-cli\.c?js$/.test(self)) {
    return run(process.execPath, [self, ...args], { cwd, env });
  }
  return run(WINDOWS ? 'npm.cmd' : 'npm', args, { cwd, env, shell: WINDOWS });
}

/** True when node_modules holds what the lock names. Compared by content: a checkout's times say nothing. */
function packagesAreCurrent() {
  const installed = readJson(path.join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  const locked = readJson(path.join(ROOT, 'package-lock.json'))?.packages ?? {};
  return Object.entries(locked).every(
    ([folder, entry]) =>
      folder === '' || entry.optional === true || installed[folder]?.version === entry.version,
  );
}

export function ensurePackages() {
  if (packagesAreCurrent()) return;
  task('npm packages (npm ci)', () => {
    const clean = npm(['ci', '--no-audit', '--no-fund']);
    if (clean.ok) return;
    // A registry that lacks the optional packages of other platforms makes `npm ci` refuse a lock that is sound here.
    if (clean.output.includes('EUSAGE')) {
      const loose = npm(['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund']);
      if (loose.ok) return;
      throw new SetupError(`npm install failed:\n${loose.output}`);
    }
    throw new SetupError(`npm ci failed:\n${clean.output}`);
  });
}
