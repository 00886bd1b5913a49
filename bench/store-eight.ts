import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { CLI, NODE } from './action.ts';
import { compare, type Result, time } from './measure.ts';
import { writeLargeFiles } from './trees.ts';

const JOBS = 8;
const FILES = 4;

/**
 * Eight pulls of the same 1 GiB, started together on a cold store, against one.
 *
 * @throws Error when the mirror sent a file more than once.
 */
export async function benchStoreEight(rounds: number): Promise<Result[]> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-eight-'));
  const tree = join(base, 'tree');
  writeLargeFiles(join(tree, 'files'));
  const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
  const prepare = () => {
    for (const name of ['store', ...Array.from({ length: JOBS }, (_, job) => `job-${job}`)]) {
      rmSync(join(base, name), { recursive: true, force: true });
    }
  };
  const pull = (job: number) => {
    const args = [CLI, 'pull', 'path:files/**', '--mirrors', daemon.url('tensorflow')]
      .concat('--cache', 'none', '--store', join(base, 'store'))
      .concat('--path', join(base, `job-${job}`));
    return time(NODE, args);
  };
  const sent = () => daemon.log().match(/ send /g)?.length ?? 0;
  const all = async () => {
    const [before, began] = [sent(), performance.now()];
    await Promise.all(Array.from({ length: JOBS }, (_, job) => pull(job)));
    const seconds = (performance.now() - began) / 1000;
    if (sent() - before !== FILES) {
      throw new Error(`The mirror sent ${sent() - before} files, not ${FILES}.`);
    }
    return { seconds };
  };
  try {
    const result = await compare(
      {
        name: `${JOBS} pulls of the same 4 × 256 MiB at once on a cold store`,
        goal: 'at most 1.3',
        unit: 'times as long',
        ours: { name: 'eight', prepare, run: all },
        theirs: { name: 'one pull', prepare, run: () => pull(0) },
      },
      rounds,
    );
    return [result];
  } finally {
    await daemon.stop();
    rmSync(base, { recursive: true, force: true });
  }
}
