#!/usr/bin/env node
// Makes a fresh clone ready to test, build and run: npm packages, Node 24, system programs, dist/.
// Plain JavaScript without dependencies for any Node from 20 on, because it runs before anything is installed.
// Silent when everything is there.
//
//   node scripts/setup.mjs [PACKAGE[=PROGRAM] …] [--run FILE [ARGUMENT …]]
//
// PACKAGE is a further Debian package, with the program that it brings. --run then starts FILE with the Node 24 just
// made sure of: `setup && node FILE` would not do, because a shell remembers which `node` it found first.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const NODE_MAJOR = 24;
const WINDOWS = process.platform === 'win32';

/** What every task needs, as Debian package and the program it brings. */
const SYSTEM_PACKAGES = ['rsync=rsync', 'zstd=zstd', 'tar=tar'];

class SetupError extends Error {}

/** Runs a program quietly; its output is shown only when it fails, inside the error. */
function run(program, args, { cwd = ROOT, env = process.env, shell = false } = {}) {
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
function task(title, work) {
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

/** npm as it runs now when this was started by npm, else the one on the PATH. */
function npm(args, cwd = ROOT) {
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

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new SetupError(`${file} cannot be read: ${error.message}`);
  }
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

function ensurePackages() {
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

function ensureNode() {
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

function ensureSystemPackages(wanted) {
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

function ensureDist() {
  const entries = ['main', 'post'].map((name) => path.join(ROOT, 'dist', name, 'index.js'));
  if (entries.every((entry) => existsSync(entry))) return;
  if (readJson(path.join(ROOT, 'package.json'))?.scripts?.build === undefined) return;
  task('dist/ (npm run build)', () => {
    const built = npm(['run', 'build']);
    if (!built.ok) throw new SetupError(`npm run build failed:\n${built.output}`);
  });
}

/** The exit code of FILE, run in the foreground. */
function runFile(file) {
  const program = nodeMajor(localNode()) === NODE_MAJOR ? localNode() : process.execPath;
  const result = spawnSync(program, file, { cwd: ROOT, stdio: 'inherit' });
  if (result.error)
    throw new SetupError(`${program} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

const [packages, file] = (() => {
  const words = process.argv.slice(2);
  const at = words.indexOf('--run');
  return at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
})();

try {
  ensurePackages();
  ensureNode();
  ensureSystemPackages([...SYSTEM_PACKAGES, ...packages]);
  ensureDist();
  if (file.length > 0) process.exitCode = runFile(file);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`setup: ${error.message}\n`);
  process.exitCode = 1;
}
