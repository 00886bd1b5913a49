#!/usr/bin/env node
// Says whether dist/ is what the sources give: builds anew into a temporary folder and compares every file byte for byte.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/** Every file below a folder by its relative name. */
function read(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

const temporary = mkdtempSync(path.join(tmpdir(), 'tfcache-dist-'));
try {
  await build(path.join(temporary, 'dist'));
  const fresh = read(path.join(temporary, 'dist'));
  const committed = read(DIST);
  const names = [...new Set([...fresh.keys(), ...committed.keys()])].sort();
  const wrong = names.filter((name) => {
    const [ours, theirs] = [fresh.get(name), committed.get(name)];
    return ours === undefined || theirs === undefined || !ours.equals(theirs);
  });
  for (const name of wrong) {
    const why = fresh.has(name) ? (committed.has(name) ? 'differs' : 'is missing') : 'is left over';
    process.stderr.write(`dist/${name} ${why}\n`);
  }
  if (wrong.length > 0) {
    process.stderr.write(
      'dist/ is not what the sources give: run npm run build and commit dist/.\n',
    );
    process.exitCode = 1;
  } else {
    process.stdout.write(`dist/ is what the sources give (${names.length} files).\n`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
