import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SERVICES } from './servers.mjs';
import { run, SetupError, task, WINDOWS } from './task.mjs';

/** @param program a name, or the whole path of a file that is not looked for on the PATH */
function onPath(program) {
  if (path.isAbsolute(program)) return existsSync(program);
  const suffixes = WINDOWS ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (process.env.PATH ?? '')
    .split(path.delimiter)
    .concat(WINDOWS ? [] : ['/usr/sbin', '/sbin']);
  return folders.some((folder) =>
    suffixes.some((suffix) => existsSync(path.join(folder, program + suffix))),
  );
}

export function isDebian() {
  return onPath('apt-get');
}

function installCommand(packages) {
  if (process.platform === 'darwin') return `brew install ${packages.join(' ')}`;
  if (isDebian()) return `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`;
  if (onPath('dnf')) return `sudo dnf install -y ${packages.join(' ')}`;
  if (onPath('apk')) return `sudo apk add ${packages.join(' ')}`;
  return `install ${packages.join(', ')} with the system's package manager`;
}

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs without starting servers: the tests start their own, on free ports, and nobody asked for one on this machine.
 * Debian's packages ask this script before they start one (invoke-rc.d(8), deb-systemd-invoke(1)).
 */
function withoutServices(packages, install) {
  const ours = process.getuid?.() === 0 && !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  try {
    return install();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
    const services = packages.map((name) => SERVICES[name]).filter((name) => name !== undefined);
    if (services.length > 0 && existsSync('/run/systemd/system')) {
      const words = ['systemctl', 'disable', '--now', ...services];
      const [program, ...rest] = process.getuid?.() === 0 ? words : ['sudo', '-n', ...words];
      run(program, rest);
    }
  }
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
  if (!isDebian() || !(root || sudo)) {
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
    const install = () =>
      withoutServices(missing, () =>
        aptGet('install', '-y', '--no-install-recommends', ...missing),
      );
    if (install().ok) return;
    aptGet('update');
    const second = install();
    if (!second.ok) {
      throw new SetupError(`${second.output}\nRun:\n  ${installCommand(missing)}`);
    }
  });
}
