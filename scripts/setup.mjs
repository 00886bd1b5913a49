#!/usr/bin/env node
// Makes a fresh clone ready to test, build and run: npm packages, Node 24, system programs, dist/.
// Plain JavaScript without dependencies for any Node from 20 on, because it runs before anything is installed.
// Silent when everything is there.
//
//   node scripts/setup.mjs [--servers] [PACKAGE[=PROGRAM] …] [--run FILE [ARGUMENT …]]
//
// --servers: also what the tests run against, on Debian. PACKAGE is a further Debian package, with the program that it
// brings. --run then starts FILE with the Node 24 just
// made sure of: `setup && node FILE` would not do, because a shell remembers which `node` it found first.

import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureNode, runFile } from './setup/node.mjs';
import { ensurePackages, npm } from './setup/npm.mjs';
import { SERVER_PACKAGES } from './setup/servers.mjs';
import { ensureSystemPackages, isDebian } from './setup/system.mjs';
import { ROOT, readJson, SetupError, task } from './setup/task.mjs';

/** What every task needs, as Debian package and the program it brings. */
const SYSTEM_PACKAGES = ['rsync=rsync', 'zstd=zstd', 'tar=tar'];

function ensureDist() {
  const entries = ['main', 'post'].map((name) => path.join(ROOT, 'dist', name, 'index.js'));
  if (entries.every((entry) => existsSync(entry))) return;
  if (readJson(path.join(ROOT, 'package.json'))?.scripts?.build === undefined) return;
  task('dist/ (npm run build)', () => {
    const built = npm(['run', 'build']);
    if (!built.ok) throw new SetupError(`npm run build failed:\n${built.output}`);
  });
}

function readWords() {
  const words = process.argv.slice(2);
  const at = words.indexOf('--run');
  const packages = at < 0 ? words : words.slice(0, at);
  const file = at < 0 ? [] : words.slice(at + 1);
  if (packages[0] !== '--servers') return { packages, file };
  const servers = isDebian() ? SERVER_PACKAGES : [];
  if (servers.length === 0) {
    process.stderr.write('setup: no apt-get here: tests need nginx, Apache, sshd, tinyproxy\n');
  }
  return { packages: [...servers, ...packages.slice(1)], file };
}

try {
  const { packages, file } = readWords();
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
