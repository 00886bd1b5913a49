#!/usr/bin/env node
// Builds dist/: tsc compiles src/ to build/, ncc makes one bundle of all, terser removes unused code. The same
// sources always give the same bytes.
//
//   node scripts/build.mjs [FOLDER]     FOLDER instead of dist/

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { withLazyBuiltins } from './lazy-builtins.mjs';
import { minified } from './minify.mjs';
import { withSingleModules } from './single-modules.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const BUILD = path.join(ROOT, 'build');
const require = createRequire(import.meta.url);

/** What people and runners start: `dist/NAME/index.js`. Each is a name in src/programs.ts. */
const PROGRAMS = ['main', 'post', 'restore', 'save', 'cli'];

/** What tfcache starts: threads and processes. A module names one by a file beside the bundle. */
const WORKERS = ['hash-worker', 'link-worker', 'github-worker'];

const LICENSES = 'licenses.txt';

export async function build(folder) {
  // ncc names modules by their paths from the working folder.
  process.chdir(ROOT);
  compile();
  stageCore();
  rmSync(folder, { recursive: true, force: true });
  await bundle(path.join(BUILD, 'programs.js'), path.join(folder, 'bundle'));
  for (const name of PROGRAMS) {
    const index = path.join(folder, name, 'index.js');
    write(index, `${name === 'cli' ? '#!/usr/bin/env node\n' : ''}${start(name, '../bundle')}`);
    if (name === 'cli') chmodSync(index, 0o755);
  }
  for (const name of WORKERS) write(path.join(folder, 'bundle', `${name}.js`), start(name, '.'));
  write(path.join(folder, 'package.json'), '{ "type": "module" }\n');
}

function start(name, bundle) {
  return `import { programs } from '${bundle}/index.js';\n\nawait programs['${name}']();\n`;
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

async function bundle(entry, folder) {
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
  const chunks = new Map([['index.js', withLazyBuiltins(code)]]);
  for (const [name, { source }] of Object.entries(assets)) {
    if (name === LICENSES) write(path.join(folder, '..', LICENSES), String(source));
    else if (/^\d+\.index\.js$/.test(name)) chunks.set(name, String(source));
    // dist/package.json says the same for all.
    else if (name !== 'package.json')
      throw new Error(`ncc emits ${name} for ${entry}: nothing of ours asks for it`);
  }
  for (const [name, text] of withSingleModules(chunks)) {
    write(path.join(folder, name), await minified(text));
  }
}

function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(path.resolve(process.argv[2] ?? path.join(ROOT, 'dist')));
}
