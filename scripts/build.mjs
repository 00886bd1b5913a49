#!/usr/bin/env node
// Builds dist/: tsc compiles src/ to build/, ncc bundles one entry each, terser takes out what nobody uses. The same
// sources always give the same bytes.
//
//   node scripts/build.mjs [FOLDER]     FOLDER instead of dist/

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { withLazyBuiltins } from './lazy-builtins.mjs';
import { minified } from './minify.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build');
const require = createRequire(import.meta.url);

/** What is started by name: `dist/NAME/index.js`, and the module it is built from. */
const ENTRIES = {
  main: 'action/main.js',
  post: 'action/post.js',
  restore: 'action/restore.js',
  save: 'action/save.js',
  cli: 'cli/main.js',
};

/** Threads. A module starts one by its name beside itself, so each entry gets a file of that name that leads to it. */
const WORKERS = {
  'hash-worker': 'store/hash-worker.js',
  'link-worker': 'destination/link-worker.js',
  'github-worker': 'cache/github-worker.js',
};

const LICENSES = 'licenses.txt';

export async function build(folder) {
  // ncc names modules by their paths from the working folder.
  process.chdir(ROOT);
  compile();
  stageCore();
  rmSync(folder, { recursive: true, force: true });
  const licenses = new Set();
  const workers = Object.entries(WORKERS).filter(([, from]) => existsSync(path.join(BUILD, from)));
  for (const [name, from] of [...Object.entries(ENTRIES), ...workers]) {
    await bundle(path.join(BUILD, from), path.join(folder, name), licenses);
  }
  for (const entry of Object.keys(ENTRIES)) {
    for (const [worker] of workers) {
      write(path.join(folder, entry, `${worker}.js`), `import '../${worker}/index.js';\n`);
    }
  }
  for (const entry of ['post', 'restore', 'save']) shareChunks(folder, entry, 'main');
  write(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  write(path.join(folder, LICENSES), `${[...licenses].sort().join('\n\n')}\n`);
}

/**
 * A chunk that two entries have alike, byte for byte, is kept once: a runner downloads all of dist/ before a job begins. The
 * command line keeps its own, so that it works without the action's folders.
 */
function shareChunks(folder, entry, owner) {
  for (const name of readdirSync(path.join(folder, entry))) {
    const [own, shared] = [path.join(folder, entry, name), path.join(folder, owner, name)];
    if (!/^\d+\.index\.js$/.test(name) || !existsSync(shared)) continue;
    if (readFileSync(own).equals(readFileSync(shared))) {
      write(own, `export * from '../${owner}/${name}';\n`);
    }
  }
}

function compile() {
  rmSync(BUILD, { recursive: true, force: true });
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', path.join(ROOT, 'tsconfig.json')], {
    stdio: 'inherit',
  });
  // No module of ours does anything when it is imported, entries apart, so what is not used may be left out.
  write(path.join(BUILD, 'package.json'), '{ "type": "module", "sideEffects": false }\n');
}

/**
 * @actions/core imports an HTTP client (and by it all of undici) for OIDC tokens, which we never ask for: two thirds of our
 * start-up. Its modules do nothing when imported, but its package.json does not say so; a copy that says so lets the
 * bundler leave out what nobody calls.
 */
function stageCore() {
  const from = path.join(ROOT, 'node_modules', '@actions', 'core');
  const to = path.join(BUILD, 'node_modules', '@actions', 'core');
  cpSync(from, to, { recursive: true });
  const manifest = path.join(to, 'package.json');
  const text = JSON.parse(readFileSync(manifest, 'utf8'));
  write(manifest, JSON.stringify({ ...text, sideEffects: false }));
}

async function bundle(entry, folder, licenses) {
  const { code, assets } = await ncc(entry, {
    cache: false,
    // ncc would take any path that it cannot foresee for a wish to ship whole folders beside the code.
    customEmit: () => false,
    filterAssetBase: path.join(BUILD, 'no-assets'),
    license: LICENSES,
    // ncc would do it to index.js only, and to its text only.
    minify: false,
    quiet: true,
    sourceMap: false,
    target: 'es2024',
  });
  // What ncc does with a module it cannot find, instead of failing.
  const lost = /eval\("require"\)\("([^"]*)"\)/.exec(code)?.[1];
  if (lost !== undefined) throw new Error(`${entry}: the module ${lost} was not found`);
  const index = path.join(folder, 'index.js');
  write(index, await minified(withLazyBuiltins(code)));
  if (code.startsWith('#!')) chmodSync(index, 0o755);
  for (const [name, { source }] of Object.entries(assets)) {
    if (name === LICENSES) addLicenses(String(source), licenses);
    else if (/^\d+\.index\.js$/.test(name))
      write(path.join(folder, name), await minified(String(source)));
    // dist/package.json says the same for all.
    else if (name !== 'package.json')
      throw new Error(`ncc emits ${name} for ${entry}: nothing of ours asks for it`);
  }
}

/** ncc's list of one bundle: name, kind and text of each package, one after the other. Bundles share packages. */
function addLicenses(text, licenses) {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) =>
    line !== '' && (index === 0 || lines[index - 1] === '') && isPackage(line) ? [index] : [],
  );
  for (const [index, start] of starts.entries()) {
    licenses.add(
      lines
        .slice(start, starts[index + 1])
        .join('\n')
        .trim(),
    );
  }
}

function isPackage(name) {
  return (
    /^(@[\w.-]+\/)?[\w.-]+$/.test(name) &&
    existsSync(path.join(ROOT, 'node_modules', name, 'package.json'))
  );
}

function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(path.resolve(process.argv[2] ?? path.join(ROOT, 'dist')));
}
