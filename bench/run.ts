import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { MAIN, NODE, stepEnvironment } from './action.ts';
import { type Comparison, compare, type Result, time } from './measure.ts';
import { peakMemory } from './memory.ts';
import { writeLargeFiles, writeRandom, writeSmallFiles } from './trees.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const only = process.argv.slice(2);
const wanted = (name: string): boolean => only.length === 0 || only.includes(name);

const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-'));
const tree = join(base, 'mirror');
const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
const step = join(base, 'step');
const plain = join(base, 'plain');
const clean = (): void => {
  for (const folder of [step, plain]) rmSync(folder, { recursive: true, force: true });
};

/** The action as a runner starts it, on an empty machine. */
function coldPull(artifacts: string): () => Promise<{ seconds: number }> {
  return () =>
    time(
      NODE,
      [MAIN],
      stepEnvironment(step, {
        artifacts,
        mirrors: daemon.url('tensorflow'),
        cache: 'none',
        path: 'artifacts',
      }),
    );
}

function coldAgainstRsync(name: string, folder: string, goal: string): Comparison {
  return {
    name,
    goal,
    unit: 'times as long',
    ours: { name: 'tfcache', prepare: clean, run: coldPull(`path:${folder}/**`) },
    theirs: {
      name: 'rsync -rt',
      prepare: clean,
      run: () => time('rsync', ['-rt', `${daemon.url('tensorflow')}${folder}/`, `${plain}/`]),
    },
  };
}

async function warm(): Promise<Result> {
  const environment = stepEnvironment(step, {
    artifacts: 'path:large/*.bin',
    mirrors: daemon.url('tensorflow'),
    cache: 'none',
    path: 'artifacts',
    'lock-file': 'tfcache.lock',
    store: join(base, 'store'),
  });
  await time(NODE, [MAIN], environment);
  const result = await compare(
    {
      name: 'warm run, everything in place, with a lock',
      goal: 'at most 5',
      unit: 'times as long',
      ours: { name: 'tfcache', run: () => time(NODE, [MAIN], environment) },
      theirs: { name: 'node -e 0', run: () => time(NODE, ['-e', '0']) },
    },
    Math.max(ROUNDS, 21),
  );
  if (!readFileSync(environment['GITHUB_OUTPUT'] ?? '', 'utf8').includes('cache-hit')) {
    throw new Error('The warm run set no outputs.');
  }
  return result;
}

try {
  const results: Result[] = [];
  if (wanted('large')) {
    writeLargeFiles(join(tree, 'large'));
    results.push(
      await compare(coldAgainstRsync('cold pull, 4 × 256 MiB', 'large', 'at most 1.25'), ROUNDS),
    );
    clean();
  }
  if (wanted('small')) {
    writeSmallFiles(join(tree, 'small'), 4000, 32 * 1024);
    results.push(
      await compare(coldAgainstRsync('cold pull, 4,000 × 32 KiB', 'small', 'at most 1.6'), ROUNDS),
    );
    clean();
  }
  if (wanted('warm')) {
    if (!wanted('large')) writeLargeFiles(join(tree, 'large'));
    results.push(await warm());
    clean();
  }
  if (wanted('github-cache')) {
    const { benchGithubCache } = await import('./github-cache.ts');
    results.push(...(await benchGithubCache(ROUNDS)));
  }
  if (wanted('https')) {
    const { benchHttps } = await import('./https.ts');
    results.push(...(await benchHttps(ROUNDS)));
  }
  let memory: number | undefined;
  if (wanted('memory')) {
    rmSync(tree, { recursive: true, force: true });
    const { mkdirSync } = await import('node:fs');
    mkdirSync(tree, { recursive: true });
    writeRandom(join(tree, 'huge.bin'), 4 * 1024 ** 3);
    memory = await peakMemory(
      NODE,
      [MAIN],
      stepEnvironment(step, {
        artifacts: 'path:huge.bin',
        mirrors: daemon.url('tensorflow'),
        cache: 'none',
      }),
    );
  }
  console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? ''}, medians of ${ROUNDS}\n`);
  console.log('| what | ours | theirs | ratio | spread | goal |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { name, ours, theirs, ratio, spread, unit, goal } of results) {
    console.log(
      `| ${name} | ${ours.toFixed(3)} s | ${theirs.toFixed(3)} s | **${ratio.toFixed(2)}** ${unit} | ${spread.map((value) => value.toFixed(2)).join('–')} | ${goal} |`,
    );
  }
  if (memory !== undefined) {
    console.log(
      `| peak memory, one file of 4 GiB | ${memory.toFixed(0)} MiB | – | – | – | under 250 MiB |`,
    );
  }
} finally {
  await daemon.stop();
  rmSync(base, { recursive: true, force: true });
}
