/**
 * Restoring from an S3 cache: `node bench/s3-cache.ts` compares it with `rclone copy` from the same server, and with
 * `@actions/cache` from a local server of its own protocol. `node bench/s3-cache.ts SIDE …` is one side, a program of its own.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { planPacks } from '../src/cache/packs.ts';
import { parseS3Location } from '../src/cache/s3/location.ts';
import { createS3Cache } from '../src/cache/s3/s3-cache.ts';
import type { PackOutcome } from '../src/cache/types.ts';
import { silentLog } from '../src/log.ts';
import { type CacheServer, startCacheServer } from '../test/support/cache-server.ts';
import { startSeaweedCluster } from '../test/support/s3-server.ts';
import { findRclone, findWeed } from '../test/support/s3-tools.ts';
import { BUCKET, type S3Access } from '../test/support/s3-workbench.ts';
import { compare, type Result, type Sample, time } from './measure.ts';
import { writeRandom } from './trees.ts';

const THIS = fileURLToPath(import.meta.url);
const MEBIBYTE = 1024 * 1024;
const FILES = 4;

/** @param mebibytes of each of four files; 256 for the numbers in docs/benchmarks.md. */
export async function benchS3Cache(rounds: number, mebibytes = 256): Promise<Result[]> {
  const [weed, rclone] = [findWeed('install'), findRclone('install')];
  if ('missing' in weed || 'missing' in rclone) {
    for (const tool of [weed, rclone])
      if ('missing' in tool) console.error(`left out: ${tool.missing}`);
    return [];
  }
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-s3-'));
  const folder = join(base, 'files');
  const target = join(base, 'target');
  mkdirSync(folder);
  const github = await startCacheServer({ folder: join(base, 'github') });
  const s3 = await startSeaweedCluster(weed.path, 1);
  try {
    for (const number of Array.from({ length: FILES }).keys()) {
      writeRandom(join(folder, `${number}`), mebibytes * MEBIBYTE);
    }
    await nameByContent(folder);
    await side('save', folder, target, s3.access, github);
    await side('toolkit-save', folder, target, s3.access, github);
    const prepare = () => rmSync(target, { recursive: true, force: true });
    const ours = {
      name: 'tfcache',
      prepare,
      run: () => side('restore', folder, target, s3.access, github),
    };
    const size = `${FILES} × ${mebibytes} MiB`;
    return [
      await compare(
        {
          name: `S3: restore of ${size}`,
          goal: 'at least 0.8',
          unit: 'times as fast',
          ours,
          theirs: {
            name: 'rclone copy',
            prepare,
            run: () => rcloneCopy(rclone.path, s3.access, target),
          },
        },
        rounds,
      ),
      await compare(
        {
          name: `S3: restore of ${size}, against @actions/cache from a local server`,
          goal: 'at least 3',
          unit: 'times as fast',
          ours,
          theirs: {
            name: '@actions/cache',
            prepare,
            run: () => side('toolkit-restore', folder, target, s3.access, github),
          },
        },
        rounds,
      ),
    ];
  } finally {
    await s3.stop();
    await github.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

function side(
  name: string,
  folder: string,
  target: string,
  { endpoint, accessKeyId, secretAccessKey }: S3Access,
  github: CacheServer,
): Promise<Sample> {
  return time(process.execPath, [THIS, name, folder, target, endpoint], {
    ...process.env,
    ...github.environment,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
}

function rcloneCopy(rclone: string, access: S3Access, target: string): Promise<Sample> {
  return time(
    rclone,
    ['copy', `:s3:${BUCKET}/bench/v1/shared/packs`, target, '--config=/dev/null'],
    {
      PATH: process.env['PATH'],
      RCLONE_S3_PROVIDER: 'SeaweedFS',
      RCLONE_S3_ENDPOINT: access.endpoint,
      RCLONE_S3_ACCESS_KEY_ID: access.accessKeyId,
      RCLONE_S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
  );
}

async function nameByContent(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, name), { highWaterMark: 8 * MEBIBYTE }), hash);
    renameSync(join(folder, name), join(folder, hash.digest('hex')));
  }
}

/** One side, in a process of its own. */
async function runSide(name: string, folder: string, target: string, endpoint: string) {
  if (name.startsWith('toolkit')) return runToolkit(name, folder, target);
  const cache = createS3Cache({
    location: parseS3Location(`s3://${BUCKET}/bench?endpoint=${endpoint}&scope=none`),
    keyPrefix: 'bench',
    environment: process.env,
    log: silentLog,
  });
  const files = readdirSync(folder).map((sha256) => ({
    sha256,
    size: statSync(join(folder, sha256)).size,
  }));
  const packs = planPacks(files, 'bench');
  const expect = (status: PackOutcome['status']) => (outcome: PackOutcome) => {
    if (outcome.status !== status) throw new Error(JSON.stringify(outcome));
  };
  mkdirSync(target, { recursive: true });
  if (name === 'save') {
    await cache.save(packs, (sha256) => join(folder, sha256), target, expect('saved'));
  } else await cache.restore(packs, target, expect('restored'));
  if (process.env['BENCH_DETAILS']) {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const wall = performance.now() / 1000;
    process.stderr.write(
      `${name}: ${wall.toFixed(2)} s, CPU ${(userCPUTime / 1e6).toFixed(2)} + ${(systemCPUTime / 1e6).toFixed(2)} s, ${Math.round(maxRSS / 1024)} MiB\n`,
    );
  }
}

async function runToolkit(name: string, folder: string, target: string): Promise<void> {
  const { restoreCache, saveCache } = await import('@actions/cache');
  process.env['RUNNER_TEMP'] = `${target}-temp`;
  if (name === 'toolkit-save') {
    process.env['GITHUB_WORKSPACE'] = dirname(folder);
    if ((await saveCache([folder], 'bench')) === -1) throw new Error('the toolkit did not save');
  } else {
    process.env['GITHUB_WORKSPACE'] = target;
    if ((await restoreCache([folder], 'bench')) !== 'bench') throw new Error('not restored');
  }
  rmSync(`${target}-temp`, { recursive: true, force: true });
}

if (process.argv[1] === THIS) {
  const [name, folder = '', target = '', endpoint = ''] = process.argv.slice(2);
  if (name !== undefined) await runSide(name, folder, target, endpoint);
  else {
    const { BENCH_ROUNDS: rounds = 5, BENCH_MEBIBYTES: mebibytes = 256 } = process.env;
    console.log(await benchS3Cache(Number(rounds), Number(mebibytes)));
  }
}
