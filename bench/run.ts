import { cpus } from 'node:os';
import { NODE } from './action.ts';
import { compare, type Result, time } from './measure.ts';

// `npm run bench`: all, or those named on the command line. BENCH_ROUNDS (5), BENCH_FOLDER (the folder for temporary files).

type Bench = (rounds: number) => Promise<Result[]>;

/** Each loads what it needs when it is wanted. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  large: async () => (await import('./pull.ts')).benchColdLarge,
  small: async () => (await import('./pull.ts')).benchColdSmall,
  warm: async () => (await import('./pull.ts')).benchWarm,
  memory: async () => (await import('./pull.ts')).benchMemory,
  'store-large': async () => (await import('./store.ts')).benchStoreLarge,
  'store-small': async () => (await import('./store.ts')).benchStoreSmall,
  'store-many': async () => (await import('./store.ts')).benchStoreMany,
  'store-eight': async () => (await import('./store-eight.ts')).benchStoreEight,
  'github-cache': async () => (await import('./github-cache.ts')).benchGithubCache,
  https: async () => (await import('./https.ts')).benchHttps,
  connections: async () => (await import('./rsync-connections.ts')).benchConnections,
  s3: async () => (await import('./s3-cache.ts')).benchS3Cache,
};

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: choose of ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

const node = await compare(
  {
    name: 'node -e 0 against itself: how noisy the machine is',
    goal: 'about 1',
    unit: 'times as long',
    ours: { name: 'node', run: () => time(NODE, ['-e', '0']) },
    theirs: { name: 'node', run: () => time(NODE, ['-e', '0']) },
  },
  Math.max(rounds, 11),
);
console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, medians of ${rounds}\n`);
console.log('| what | ours | theirs | ratio | spread | goal | peak memory |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
show(node);
for (const name of wanted) {
  const bench = await BENCHES[name]?.();
  for (const result of (await bench?.(rounds)) ?? []) show(result);
}

function show({ name, goal, times, peakMemory }: Result): void {
  const cells =
    times === undefined
      ? ['–', '–', '–', '–']
      : [
          `${times.ours.toFixed(3)} s`,
          `${times.theirs.toFixed(3)} s`,
          `**${times.ratio.toFixed(2)}** ${times.unit}`,
          times.spread.map((value) => value.toFixed(2)).join('–'),
        ];
  const memory = peakMemory === undefined ? '–' : `${peakMemory.toFixed(0)} MiB`;
  console.log(`| ${[name, ...cells, goal, memory].join(' | ')} |`);
}
