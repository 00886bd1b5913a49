import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run, SetupError, task, WINDOWS } from './task.mjs';

function onPath(program) {
  const suffixes = WINDOWS ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (process.env.PATH ?? '')
    .split(path.delimiter)
    .concat(WINDOWS ? [] : ['/usr/sbin', '/sbin']);
  return folders.some((folder) =>
    suffixes.some((suffix) => existsSync(path.join(folder, program + suffix))),
  );
}

function installCommand(packages) {
  if (process.platform === 'darwin') return `brew install ${packages.join(' ')}`;
  if (onPath('apt-get'))
    return `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`;
  if (onPath('dnf')) return `sudo dnf install -y ${packages.join(' ')}`;
  if (onPath('apk')) return `sudo apk add ${packages.join(' ')}`;
  return `install ${packages.join(', ')} with the system's package manager`;
}

/** @param wanted `PACKAGE` or `PACKAGE=PROGRAM` each */
export function ensureSystemPackages(wanted) {
  const missing = wanted
    .map((entry) => entry.split('='))
    .filter(([name, program]) => !onPath(program ?? name))
    .map(([name]) => name);
  if (missing.length === 0) return;
  if (WINDOWS) {
    process.stderr.write(
      `setup: not on this machine: ${missing.join(', ')}; tests that need them are skipped\n`,
    );
    return;
  }
  const root = process.getuid?.() === 0;
  const sudo = !root && onPath('sudo') && run('sudo', ['-n', 'true']).ok;
  if (!onPath('apt-get') || !(root || sudo)) {
    throw new SetupError(`missing: ${missing.join(', ')}. Run:\n  ${installCommand(missing)}`);
  }
  task(`Debian packages ${missing.join(', ')}`, () => {
    const prefix = root ? [] : ['sudo', '-n'];
    const aptGet = (...args) => {
      const [program, ...rest] = [
        ...prefix,
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        ...args,
      ];
      return run(program, rest);
    };
    const install = () => aptGet('install', '-y', '--no-install-recommends', ...missing);
    if (install().ok) return;
    aptGet('update');
    const second = install();
    if (!second.ok) {
      throw new SetupError(`${second.output}\nRun:\n  ${installCommand(missing)}`);
    }
  });
}
