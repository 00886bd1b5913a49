import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCacheServer } from '../test/support/cache-server.ts';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { CLI, NODE } from './action.ts';
import { type Comparison, compare, type Result, time } from './measure.ts';
import { peakMemory } from './memory.ts';
import { writeLargeFiles, writeSmallFiles } from './trees.ts';

const SIDE = fileURLToPath(new URL('./github-cache-side.ts', import.meta.url));

/** A warm store and a fresh destination, with a lock. */
interface WarmStore {
  base: string;
  /** What is pulled, as a mirror has it. */
  files: string;
  ours: Comparison['ours'];
  /** Arguments of Node. */
  pull: readonly string[];
  /** Removes what the runs before put down. */
  fresh(): void;
}

async function onWarmStore<T>(
  write: (folder: string) => void,
  work: (site: WarmStore) => Promise<T>,
): Promise<T> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-store-'));
  const files = join(base, 'tree', 'files');
  write(files);
  const daemon = await startRsyncDaemon({ modules: { tensorflow: join(base, 'tree') } });
  try {
    const pull = [CLI, 'pull', 'path:files/**', '--mirrors', daemon.url('tensorflow')]
      .concat('--cache', 'none', '--store', join(base, 'store'))
      .concat('--path', join(base, 'ours'), '--lock-file', join(base, 'lock'));
    await time(NODE, pull);
    const fresh = () => {
      for (const folder of ['ours', 'theirs']) {
        rmSync(join(base, folder), { recursive: true, force: true });
      }
      mkdirSync(join(base, 'theirs'));
    };
    const ours = { name: 'tfcache', prepare: fresh, run: () => time(NODE, pull) };
    return await work({ base, files, ours, pull, fresh });
  } finally {
    await daemon.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

/** `cp -al`, which verifies nothing and knows nothing. */
function againstLinks(
  { base, files, ours, fresh }: WarmStore,
  name: string,
  goal: string,
): Comparison {
  const run = () => time('cp', ['-al', files, join(base, 'theirs')]);
  const theirs = { name: 'cp -al', prepare: fresh, run };
  const what = `warm store, fresh destination: ${name}`;
  return { name: what, goal, unit: 'times as long', ours, theirs };
}

/** 4 × 256 MiB: against links, and against the toolkit restoring the same from a server on this machine. */
export async function benchStoreLarge(rounds: number): Promise<Result[]> {
  return onWarmStore(writeLargeFiles, async (site) => {
    const { base, files, ours } = site;
    const server = await startCacheServer({ folder: join(base, 'server') });
    try {
      const toolkit = (action: 'save' | 'restore') =>
        time(process.execPath, [SIDE, `toolkit-${action}`, files, join(base, 'scratch'), 'bench'], {
          ...process.env,
          ...server.environment,
        });
      await toolkit('save');
      const restoring: Comparison = {
        name: 'warm store, fresh destination: 4 × 256 MiB',
        goal: 'at least 40',
        unit: 'times as fast',
        ours,
        theirs: { name: 'a restore by @actions/cache', run: () => toolkit('restore') },
      };
      return [
        await compare(againstLinks(site, '4 × 256 MiB', 'at most 3, and Node'), 3 * rounds),
        await compare(restoring, rounds),
      ];
    } finally {
      await server.stop();
    }
  });
}

export async function benchStoreSmall(rounds: number): Promise<Result[]> {
  const write = (folder: string) => writeSmallFiles(folder, 4_000, 32 * 1024);
  return onWarmStore(write, async (site) => [
    await compare(againstLinks(site, '4,000 × 32 KiB', 'at most 3, and Node'), 3 * rounds),
  ]);
}

export async function benchStoreMany(rounds: number): Promise<Result[]> {
  const write = (folder: string) => writeSmallFiles(folder, 100_000, 4 * 1024);
  return onWarmStore(write, async (site) => {
    const goal = 'at most 2, and Node; under 300 MiB';
    const result = await compare(againstLinks(site, '100,000 × 4 KiB', goal), rounds);
    site.fresh();
    return [{ ...result, peakMemory: await peakMemory(NODE, site.pull, process.env) }];
  });
}
