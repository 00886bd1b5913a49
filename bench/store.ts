import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { ROOT } from '../test/support/runner.ts';
import { NODE } from './action.ts';
import { compare, median, type Result, time } from './measure.ts';
import { peakMemory } from './memory.ts';
import { writeLargeFiles, writeSmallFiles } from './trees.ts';

// A warm store and a fresh destination, against `cp -al`; and eight pulls at once on a cold store, against one.
// Names on the command line choose: large small many eight. BENCH_ROUNDS, BENCH_FOLDER as for run.ts.

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const CLI = join(ROOT, 'dist/cli/index.js');
const only = process.argv.slice(2);
const wanted = (name: string): boolean => only.length === 0 || only.includes(name);

const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-store-'));

interface Case {
  name: string;
  goal: string;
  write(folder: string): void;
}

const CASES: readonly Case[] = [
  { name: 'large', goal: 'at most 3, and Node', write: writeLargeFiles },
  {
    name: 'small',
    goal: 'at most 3, and Node',
    write: (folder) => writeSmallFiles(folder, 4_000, 32 * 1024),
  },
  {
    name: 'many',
    goal: 'at most 2, and Node',
    write: (folder) => writeSmallFiles(folder, 100_000, 4 * 1024),
  },
];

function pullArguments(url: string, room: string, store: string, destination: string): string[] {
  return [CLI, 'pull', 'path:files/**', '--mirrors', url, '--cache', 'none'].concat([
    '--store',
    join(room, store),
    '--path',
    join(room, destination),
  ]);
}

async function warm({ name, goal, write }: Case): Promise<{ result: Result; memory: number }> {
  const room = join(base, name);
  const tree = join(room, 'tree');
  write(join(tree, 'files'));
  const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
  try {
    const lock = ['--lock-file', join(room, 'lock')];
    const pull = pullArguments(daemon.url('tensorflow'), room, 'store', 'ours').concat(lock);
    await time(NODE, pull);
    const fresh = () => {
      for (const folder of ['ours', 'theirs']) {
        rmSync(join(room, folder), { recursive: true, force: true });
      }
      mkdirSync(join(room, 'theirs'));
    };
    const result = await compare(
      {
        name: `warm store, fresh destination: ${name}`,
        goal,
        unit: 'times as long',
        ours: { name: 'tfcache', prepare: fresh, run: () => time(NODE, pull) },
        theirs: {
          name: 'cp -al',
          prepare: fresh,
          run: () => time('cp', ['-al', join(tree, 'files'), join(room, 'theirs')]),
        },
      },
      ROUNDS,
    );
    fresh();
    return { result, memory: await peakMemory(NODE, pull, process.env) };
  } finally {
    await daemon.stop();
    rmSync(room, { recursive: true, force: true });
  }
}

/** Eight at once on a cold store, and what the mirror sent meanwhile. */
async function eight(): Promise<{ one: number; all: number; sent: number }> {
  const room = join(base, 'eight');
  const tree = join(room, 'tree');
  writeLargeFiles(join(tree, 'files'));
  const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
  try {
    const clean = () => {
      rmSync(join(room, 'store'), { recursive: true, force: true });
      for (let job = 0; job < 8; job += 1) {
        rmSync(join(room, `d${job}`), { recursive: true, force: true });
      }
      if (existsSync('/bin/sync')) spawnSync('/bin/sync');
    };
    const run = (job: number) =>
      time(NODE, pullArguments(daemon.url('tensorflow'), room, 'store', `d${job}`));
    const sends = () => daemon.log().match(/ send /g)?.length ?? 0;
    const [one, all, sent]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      clean();
      one.push((await run(0)).seconds);
      clean();
      const before = sends();
      const start = performance.now();
      await Promise.all(Array.from({ length: 8 }, (_, job) => run(job)));
      all.push((performance.now() - start) / 1000);
      sent.push(sends() - before);
    }
    return { one: median(one), all: median(all), sent: Math.max(...sent) };
  } finally {
    await daemon.stop();
    rmSync(room, { recursive: true, force: true });
  }
}

try {
  const bare = median(
    await Promise.all([1, 2, 3].map(async () => (await time(NODE, ['-e', '0'])).seconds)),
  );
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, medians of ${ROUNDS}`);
  console.log(`node -e 0: ${bare.toFixed(3)} s\n`);
  console.log('| what | ours | theirs | ratio | spread | goal | peak memory |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const one of CASES.filter(({ name }) => wanted(name))) {
    const { result, memory } = await warm(one);
    const { name, ours, theirs, ratio, spread, goal } = result;
    console.log(
      `| ${name} | ${ours.toFixed(3)} s | ${theirs.toFixed(3)} s | **${ratio.toFixed(2)}** | ${spread.map((value) => value.toFixed(2)).join('–')} | ${goal} | ${memory.toFixed(0)} MiB |`,
    );
  }
  if (wanted('eight')) {
    const { one, all, sent } = await eight();
    console.log(
      `| eight pulls of 1 GiB at once, cold | ${all.toFixed(3)} s | ${one.toFixed(3)} s (one) | **${(all / one).toFixed(2)}** | – | at most 1.3, 4 files sent: ${sent} | – |`,
    );
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
