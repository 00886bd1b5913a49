import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type CacheServer, startCacheServer } from '../test/support/cache-server.ts';
import { compare, type Result, time } from './measure.ts';
import { writeLargeFiles } from './trees.ts';

const SIDE = fileURLToPath(new URL('./github-cache-side.ts', import.meta.url));

/** Save and restore of 4 × 256 MiB: our packs against the toolkit on the whole folder, both in a process of their own. */
export async function benchGithubCache(rounds: number): Promise<Result[]> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-cache-'));
  const server = await startCacheServer({ folder: join(base, 'server') });
  const folder = join(base, 'files');
  try {
    writeLargeFiles(folder);
    await nameByContent(folder);
    let run = 0;
    const side = (name: 'ours' | 'toolkit') => ({
      name,
      prepare: () => forget(server),
      run: () => {
        run += 1;
        const args = [SIDE, name, folder, join(base, 'scratch'), `bench-${run}`];
        return time(process.execPath, args, { ...process.env, ...server.environment });
      },
    });
    const comparison = await compare(
      {
        name: 'GitHub cache: save and restore of 4 × 256 MiB',
        goal: 'at least 1.5',
        unit: 'times as fast',
        ours: { ...side('ours'), name: 'tfcache' },
        theirs: { ...side('toolkit'), name: '@actions/cache' },
      },
      rounds,
    );
    return [comparison];
  } finally {
    await server.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

function forget(server: CacheServer): void {
  for (const { key } of server.entries()) server.removeEntry(key);
}

async function nameByContent(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, name), { highWaterMark: 8 * 1024 * 1024 }), hash);
    renameSync(join(folder, name), join(folder, hash.digest('hex')));
  }
}
