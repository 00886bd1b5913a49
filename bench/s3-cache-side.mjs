/**
 * One side of bench/s3-cache.ts, a program of its own; plain JavaScript, so that nothing is compiled while time is taken.
 * `node s3-cache-side.mjs save|restore|toolkit-save|toolkit-restore FOLDER TARGET BUNDLE ENDPOINT`: FOLDER has files
 * named by their sha256, BUNDLE is what of src/ is measured.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const [name = '', folder = '', target = '', bundled = '', endpoint = ''] = process.argv.slice(2);

await (name.startsWith('toolkit') ? toolkit() : ours());
if (process.env['BENCH_DETAILS']) {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write(
    `${name}: ${(performance.now() / 1000).toFixed(2)} s, of a processor ${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s, ${Math.round(maxRSS / 1024)} MiB\n`,
  );
}

async function ours() {
  const { planPacks, parseS3Location, createS3Cache, silentLog } = await import(
    join(bundled, 'index.js')
  );
  const cache = createS3Cache({
    location: parseS3Location(`s3://tfcache-test/bench?endpoint=${endpoint}&scope=none`),
    keyPrefix: 'bench',
    environment: process.env,
    log: silentLog,
  });
  const files = readdirSync(folder).map((sha256) => ({
    sha256,
    size: statSync(join(folder, sha256)).size,
  }));
  const packs = planPacks(files, 'bench');
  const expect = (status) => (outcome) => {
    if (outcome.status !== status) throw new Error(JSON.stringify(outcome));
  };
  mkdirSync(target, { recursive: true });
  if (name === 'save') {
    await cache.save(packs, (sha256) => join(folder, sha256), target, expect('saved'));
  } else await cache.restore(packs, target, expect('restored'));
}

async function toolkit() {
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
