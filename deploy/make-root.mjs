#!/usr/bin/env node
// Makes the root folder of the container image from programs of this machine and what they need:
//   node deploy/make-root.mjs FOLDER
// Run it with Node 24 on Linux: that very node goes into the image. dist/cli must be built.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What tfcache runs, what warm-store.sh runs, and what one looks around with. */
const PROGRAMS = [
  ...['rsync', 'ssh', 'tar', 'zstd', 'sh', 'env'],
  ...['cat', 'dirname', 'find', 'ls', 'mkdir', 'mktemp', 'rm', 'sha256sum', 'sleep', 'timeout'],
];

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** Folders of dist/ that only a GitHub runner starts. */
const ACTION_ONLY = ['main', 'post', 'restore', 'save'];

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function fail(message) {
  process.stderr.write(`make-root: ${message}\n`);
  process.exit(1);
}

function findProgram(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/bin');
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  return found ?? fail(`there is no ${name} on this machine: install it and run again`);
}

/** The shared libraries of a program, by the path under which the loader looks for them; none for a static one. */
function librariesOf(program) {
  let text = '';
  try {
    text = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (/not a dynamic executable/.test(String(error.stderr))) return [];
    return fail(`ldd cannot read ${program}: ${error.message}`);
  }
  const missing = /^\s*(\S+) => not found/m.exec(text);
  if (missing !== null) fail(`${program} needs ${missing[1]}, which is not on this machine`);
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path);
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(realpathSync(from), to);
}

function copyProgram(root, from, to) {
  copy(from, join(root, to));
  chmodSync(join(root, to), 0o755);
  for (const library of librariesOf(from)) {
    if (!existsSync(join(root, library))) copy(library, join(root, library));
  }
}

function copyTfcache(root) {
  const dist = join(PROJECT, 'dist');
  if (!existsSync(join(dist, 'cli/index.js'))) fail('dist/cli is not there: npm run build');
  const home = join(root, 'opt/tfcache');
  mkdirSync(join(home, 'dist'), { recursive: true });
  // The command line and the workers that it starts.
  for (const name of readdirSync(dist)) {
    if (ACTION_ONLY.includes(name)) continue;
    cpSync(join(dist, name), join(home, 'dist', name), { recursive: true });
  }
  cpSync(join(PROJECT, 'LICENSE'), join(home, 'LICENSE'));
  cpSync(join(PROJECT, 'deploy/warm-store.sh'), join(home, 'warm-store.sh'));
  chmodSync(join(home, 'dist/cli/index.js'), 0o755);
  chmodSync(join(home, 'warm-store.sh'), 0o755);
  const bin = join(root, 'usr/local/bin');
  symlinkSync('../../../opt/tfcache/dist/cli/index.js', join(bin, 'tfcache'));
  symlinkSync('../../../opt/tfcache/warm-store.sh', join(bin, 'tfcache-warm-store'));
}

function writeSystemFiles(root) {
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  if (existsSync(CERTIFICATES)) copy(CERTIFICATES, join(root, CERTIFICATES));
  else process.stderr.write('make-root: no ca-certificates here; Node brings its own\n');
  for (const [folder, mode] of [
    ['tmp', 0o1777],
    ['var/tmp', 0o1777],
    ['root', 0o700],
    ['work', 0o755],
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
    chmodSync(join(root, folder), mode);
  }
}

const [target, ...others] = process.argv.slice(2);
if (target === undefined || others.length > 0) fail('usage: node deploy/make-root.mjs FOLDER');
if (process.platform !== 'linux') fail('an image for Linux is made on Linux');
if (Number(process.versions.node.split('.')[0]) < 24)
  fail(`Node 24 is needed, this is ${process.version}`);
const root = resolve(target);
if (existsSync(join(root, 'opt/tfcache'))) rmSync(root, { recursive: true });
else if (existsSync(root) && readdirSync(root).length > 0) fail(`${root} holds something else`);

copyProgram(root, process.execPath, 'usr/local/bin/node');
for (const name of PROGRAMS) copyProgram(root, findProgram(name), `usr/bin/${name}`);
mkdirSync(join(root, 'bin'), { recursive: true });
symlinkSync('../usr/bin/sh', join(root, 'bin/sh'));
copyTfcache(root);
writeSystemFiles(root);
process.stdout.write(`${root}\n`);
