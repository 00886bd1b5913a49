/**
 * One side of a comparison as a program of its own: saves the files of a folder to the cache and restores them.
 * `node github-cache-side.ts SIDE FOLDER SCRATCH KEY`; SIDE is `ours` (then the folder's files are named by their sha256),
 * `toolkit`, or only half of it: `toolkit-save`, `toolkit-restore`.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackOutcome } from '../src/cache/cache.ts';
import { createGithubCache } from '../src/cache/github/github-cache.ts';
import { planPacks } from '../src/cache/packs.ts';
import { silentLog } from '../src/platform/log.ts';

const [side, folder = '', scratch = '', key = ''] = process.argv.slice(2);
const names = readdirSync(folder);

async function toolkit(): Promise<void> {
  const { restoreCache, saveCache } = await import('@actions/cache');
  process.env['RUNNER_TEMP'] = join(scratch, 'temp');
  if (side !== 'toolkit-restore') {
    process.env['GITHUB_WORKSPACE'] = dirname(folder);
    if ((await saveCache([folder], key)) === -1) throw new Error('the toolkit did not save');
    mark('save');
  }
  if (side === 'toolkit-save') return;
  process.env['GITHUB_WORKSPACE'] = join(scratch, 'workspace');
  if ((await restoreCache([folder], key)) !== key) throw new Error('the toolkit did not restore');
  mark('restore');
}

async function ours(): Promise<void> {
  const cache = createGithubCache({
    keyPrefix: key,
    environment: process.env,
    log: silentLog,
    // As it is shipped.
    workerUrl: new URL('../dist/bundle/github-worker.js', import.meta.url),
    ...(process.env['BENCH_WORKERS'] ? { maxWorkers: Number(process.env['BENCH_WORKERS']) } : {}),
  });
  const files = names.map((sha256) => ({ sha256, size: statSync(join(folder, sha256)).size }));
  const packs = planPacks(files, key);
  const expect = (status: PackOutcome['status']) => (outcome: PackOutcome) => {
    if (outcome.status !== status) throw new Error(JSON.stringify(outcome));
  };
  await cache.save(packs, (sha256) => join(folder, sha256), join(scratch, 'save'), expect('saved'));
  mark('save');
  await cache.restore(packs, join(scratch, 'restore'), expect('restored'));
  mark('restore');
}

let since = performance.now();
function mark(step: string): void {
  const now = performance.now();
  process.stderr.write(`${side} ${step} ${((now - since) / 1000).toFixed(2)} s\n`);
  since = now;
}

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
await (side === 'ours' ? ours() : toolkit());
