/**
 * `node bench/s3-cache.ts`: restoring 4 × 256 MiB from an S3 cache, compared with `rclone copy` from the same server, and
 * with `@actions/cache` from a local server of its own protocol; and a whole pull, which verifies and publishes them.
 * `node bench/s3-cache.ts requests`: the requests of jobs, counted.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type CacheServer, startCacheServer } from '../test/support/cache-server.ts';
import { startSeaweedCluster } from '../test/support/s3-server.ts';
import { startStandIn } from '../test/support/s3-stand-in.ts';
import { findRclone, findWeed } from '../test/support/s3-tools.ts';
import { BUCKET, openS3Workbench, type S3Access } from '../test/support/s3-workbench.ts';
import { NODE } from './action.ts';
import { compare, type Result, type Sample } from './measure.ts';
import { type Costs, createCosts } from './s3-processor.ts';
import { writeRandom } from './trees.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist', 'cli', 'index.js');
const SIDE = fileURLToPath(new URL('./s3-cache-side.mjs', import.meta.url));
const MEBIBYTE = 1024 * 1024;
const FILES = 4;

/** @param mebibytes of each of four files; 256 for the numbers in docs/benchmarks.md. */
export async function benchS3Cache(rounds: number, mebibytes = 256): Promise<Result[]> {
  const [weed, rclone] = [findWeed('install'), findRclone('install')];
  if ('missing' in weed || 'missing' in rclone) {
    for (const tool of [weed, rclone]) {
      if ('missing' in tool) console.error(`S3: not measured, because ${tool.missing}`);
    }
    return [];
  }
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-s3-'));
  const target = join(base, 'target');
  const github = await startCacheServer({ folder: join(base, 'github') });
  const s3 = await startSeaweedCluster(weed.path, 1);
  try {
    const folder = await writeFiles(base, mebibytes);
    const bundled = bundle(base);
    const costs = createCosts();
    const side = (name: string) =>
      runSide(costs, name, [folder, target, bundled], s3.access, github);
    const prepare = () => rmSync(target, { recursive: true, force: true });
    await side('save');
    await side('toolkit-save');
    const ours = { name: 'tfcache', prepare, run: () => side('restore') };
    const copy = {
      name: 'rclone copy',
      prepare,
      run: () => rcloneCopy(costs, rclone.path, s3.access, target),
    };
    const size = `${FILES} × ${mebibytes} MiB`;
    const withRclone = await compare(
      {
        name: `S3: restore of ${size}`,
        goal: 'at least 0.8',
        unit: 'times as fast',
        ours,
        theirs: copy,
      },
      rounds,
    );
    const withToolkit = await compare(
      {
        name: `S3: restore of ${size}`,
        goal: 'at least 3',
        unit: 'times as fast',
        ours,
        theirs: {
          name: '@actions/cache from a local server',
          prepare,
          run: () => side('toolkit-restore'),
        },
      },
      rounds,
    );
    const pull = openPull(costs, base, s3.access);
    await pull.run();
    const whole = await compare(
      {
        name: `S3: pull of ${size}, verified and published`,
        goal: 'none',
        unit: 'times as fast',
        ours: pull,
        theirs: copy,
      },
      rounds,
    );
    const checked = await compare(
      {
        name: `S3: pull of ${size}, verified and published`,
        goal: 'none',
        unit: 'times as fast',
        ours: pull,
        theirs: {
          name: 'rclone copy and openssl sha256',
          prepare,
          run: async () => {
            const { seconds } = await copy.run();
            const files = readdirSync(target).map((name) => join(target, name));
            const hash = 'printf "%s\\0" "$@" | xargs -0 -n 1 -P 2 openssl dgst -sha256';
            const args = ['-c', hash, 'bash', ...files];
            const hashing = await costs.run('openssl sha256', 'bash', args, process.env);
            return { seconds: seconds + hashing.seconds };
          },
        },
      },
      rounds,
    );
    console.error('Seconds of a processor, medians:', costs.medians());
    return [withRclone, withToolkit, whole, checked];
  } finally {
    await s3.stop();
    await github.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

/** As users run it: compiled and bundled. */
function bundle(base: string): string {
  const compiled = join(base, 'compiled');
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  execFileSync(tsc, ['-p', join(ROOT, 'tsconfig.json'), '--outDir', compiled]);
  writeFileSync(join(compiled, 'package.json'), '{ "type": "module", "sideEffects": false }\n');
  symlinkSync(join(ROOT, 'node_modules'), join(compiled, 'node_modules'));
  const parts = ['cache/packs', 'cache/s3/location', 'cache/s3/s3-cache', 'log'];
  const entry = join(compiled, 'bench.js');
  writeFileSync(entry, parts.map((part) => `export * from './${part}.js';\n`).join(''));
  const folder = join(base, 'bundle');
  // A program of its own: it works from the folder that it bundles.
  const script = fileURLToPath(new URL('./bundle.mjs', import.meta.url));
  execFileSync(process.execPath, [script, entry, folder], { cwd: compiled });
  return folder;
}

function runSide(
  costs: Costs,
  name: string,
  args: readonly string[],
  access: S3Access,
  github: CacheServer,
): Promise<Sample> {
  return costs.run(name, NODE, [SIDE, name, ...args, access.endpoint], {
    ...process.env,
    ...github.environment,
    ...keysFor(access),
  });
}

/** A pull by the command line that finds all of its files in the cache; the first fills it. */
function openPull(costs: Costs, base: string, access: S3Access) {
  const [store, path] = [join(base, 'store'), join(base, 'pulled')];
  const args = ['pull', 'path:files/**', '--mirrors', `file://${base}`, '--cache']
    .concat(`s3://${BUCKET}/pull?endpoint=${access.endpoint}&scope=none`)
    .concat('--lock-file', join(base, 'lock'), '--store', store, '--path', path);
  const environment = { PATH: process.env['PATH'], ...keysFor(access) };
  return {
    name: 'tfcache pull',
    prepare() {
      for (const folder of [store, path]) rmSync(folder, { recursive: true, force: true });
    },
    run: () => costs.run('tfcache pull', NODE, [CLI, ...args], environment),
  };
}

function keysFor({ accessKeyId, secretAccessKey }: S3Access) {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

function rcloneCopy(
  costs: Costs,
  rclone: string,
  access: S3Access,
  target: string,
): Promise<Sample> {
  const source = `:s3:${BUCKET}/bench/v1/shared/packs`;
  return costs.run('rclone copy', rclone, ['copy', source, target, '--config=/dev/null'], {
    PATH: process.env['PATH'],
    RCLONE_S3_PROVIDER: 'SeaweedFS',
    RCLONE_S3_ENDPOINT: access.endpoint,
    RCLONE_S3_ACCESS_KEY_ID: access.accessKeyId,
    RCLONE_S3_SECRET_ACCESS_KEY: access.secretAccessKey,
  });
}

/** Random files, named by their sha256. */
async function writeFiles(base: string, mebibytes: number): Promise<string> {
  const folder = join(base, 'files');
  mkdirSync(folder);
  for (const number of Array.from({ length: FILES }).keys()) {
    const file = join(folder, `${number}`);
    writeRandom(file, mebibytes * MEBIBYTE);
    const hash = createHash('sha256');
    await pipeline(createReadStream(file, { highWaterMark: 8 * MEBIBYTE }), hash);
    renameSync(file, join(folder, hash.digest('hex')));
  }
  return folder;
}

/** Jobs, one after the other, some of which save something new: how many requests each kind of job makes. */
export async function countRequests(jobs: number): Promise<Record<string, string>[]> {
  const keys = { accessKeyId: 'bench', secretAccessKey: 'bench-secret-0123456789' };
  const server = await startStandIn({
    buckets: [BUCKET],
    keys: { [keys.accessKeyId]: keys.secretAccessKey },
  });
  const bench = await openS3Workbench({ endpoint: server.endpoint, ...keys });
  try {
    const job = (ref: string) =>
      bench.cache({
        parameters: '&default-branch=main',
        environment: bench.environment({ GITHUB_REF: ref }),
      });
    const contents = [1, 2, 3, 4].map(() => bench.addContent(8 * MEBIBYTE));
    const packs = contents.flatMap((content) => bench.plan([content]));
    const sums = new Map<string, { jobs: number; requests: Map<string, number> }>();
    const note = (kind: string) => {
      const sum = sums.get(kind) ?? { jobs: 0, requests: new Map<string, number>() };
      sums.set(kind, sum);
      sum.jobs += 1;
      for (const seen of server.seen.splice(0)) {
        const what = seen.query.has('list-type') ? 'LIST' : seen.method;
        sum.requests.set(what, (sum.requests.get(what) ?? 0) + 1);
      }
    };
    for (let number = 0; number < jobs; number += 1) {
      const cache = job('refs/heads/main');
      await cache.readIndex('');
      const fresh = number === 0 ? packs : bench.plan([bench.addContent(1000 + number)]);
      await bench.save(fresh, cache);
      await cache.writeIndex({ packs: fresh, files: [] }, '');
      note('default branch, saves one new pack');
      for (const [kind, ref] of [
        ['default branch, restores', 'refs/heads/main'],
        ['pull request, restores', `refs/pull/${number}/merge`],
      ] as const) {
        const reader = job(ref);
        await reader.readIndex('');
        await bench.restore(packs, reader);
        note(kind);
      }
    }
    return [...sums].map(([kind, sum]) => ({
      kind,
      ...Object.fromEntries(
        [...sum.requests].map(([what, count]) => [what, (count / sum.jobs).toFixed(1)]),
      ),
    }));
  } finally {
    bench.close();
    await server.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { BENCH_ROUNDS: rounds = 5, BENCH_MEBIBYTES: mebibytes = 256 } = process.env;
  if (process.argv[2] === 'requests') console.table(await countRequests(200));
  else console.dir(await benchS3Cache(Number(rounds), Number(mebibytes)), { depth: null });
}
