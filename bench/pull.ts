import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RsyncDaemon, startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { MAIN, NODE, stepEnvironment } from './action.ts';
import { compare, type Result, time } from './measure.ts';
import { peakMemory } from './memory.ts';
import { writeLargeFiles, writeRandom, writeSmallFiles } from './trees.ts';

interface Site {
  base: string;
  /** The mirror's files. */
  tree: string;
  daemon: RsyncDaemon;
}

async function onSite<T>(work: (site: Site) => Promise<T>): Promise<T> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-'));
  const tree = join(base, 'mirror');
  mkdirSync(tree);
  const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
  try {
    return await work({ base, tree, daemon });
  } finally {
    await daemon.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

/** The action as a runner starts it, on an empty machine, against rsync. */
async function coldAgainstRsync(
  rounds: number,
  name: string,
  goal: string,
  write: (folder: string) => void,
): Promise<Result[]> {
  return onSite(async ({ base, tree, daemon }) => {
    write(join(tree, 'files'));
    const [step, plain] = [join(base, 'step'), join(base, 'plain')];
    const prepare = () => {
      for (const folder of [step, plain]) rmSync(folder, { recursive: true, force: true });
    };
    const url = daemon.url('tensorflow');
    const inputs = { artifacts: 'path:files/**', mirrors: url, cache: 'none', path: 'artifacts' };
    const ours = () => time(NODE, [MAIN], stepEnvironment(step, inputs));
    const theirs = () => time('rsync', ['-rt', `${url}files/`, `${plain}/`]);
    const result = await compare(
      {
        name: `cold pull, ${name}`,
        goal,
        unit: 'times as long',
        ours: { name: 'tfcache', prepare, run: ours },
        theirs: { name: 'rsync -rt', prepare, run: theirs },
      },
      rounds,
    );
    return [result];
  });
}

export function benchColdLarge(rounds: number): Promise<Result[]> {
  return coldAgainstRsync(rounds, '4 × 256 MiB', 'at most 1.25', writeLargeFiles);
}

export function benchColdSmall(rounds: number): Promise<Result[]> {
  const write = (folder: string) => writeSmallFiles(folder, 4_000, 32 * 1024);
  return coldAgainstRsync(rounds, '4,000 × 32 KiB', 'at most 1.6', write);
}

/** Everything in place, with a lock: against Node's own start. */
export async function benchWarm(rounds: number): Promise<Result[]> {
  return onSite(async ({ base, tree, daemon }) => {
    writeLargeFiles(join(tree, 'large'));
    const environment = stepEnvironment(join(base, 'step'), {
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
      Math.max(rounds, 21),
    );
    if (!readFileSync(environment['GITHUB_OUTPUT'] ?? '', 'utf8').includes('cache-hit')) {
      throw new Error('The warm run set no outputs.');
    }
    return [result];
  });
}

/** Peak memory of one file of 4 GiB. */
export async function benchMemory(): Promise<Result[]> {
  return onSite(async ({ base, tree, daemon }) => {
    writeRandom(join(tree, 'huge.bin'), 4 * 1024 ** 3);
    const inputs = {
      artifacts: 'path:huge.bin',
      mirrors: daemon.url('tensorflow'),
      cache: 'none',
    };
    const step = stepEnvironment(join(base, 'step'), inputs);
    const memory = await peakMemory(NODE, [MAIN], step);
    return [{ name: 'cold pull, one file of 4 GiB', goal: 'at most 250 MiB', peakMemory: memory }];
  });
}
