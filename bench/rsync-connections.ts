import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRsyncMirror } from '../src/mirror/rsync/rsync-mirror.ts';
import { silentLog } from '../src/platform/log.ts';
import { startDelayingProxy } from '../test/support/delaying-proxy.ts';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { compare, type Result, time } from './measure.ts';
import { writeRandom } from './trees.ts';

/**
 * Four connections against one rsync over a long way: 200 ms there and back, a window of 1 MiB, eight files of 25 MB.
 */
export async function benchConnections(rounds: number): Promise<Result[]> {
  const base = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'tfcache-bench-'));
  const tree = join(base, 'tree');
  mkdirSync(tree);
  for (let index = 0; index < 8; index += 1) writeRandom(join(tree, `file-${index}`), 25_000_000);
  const daemon = await startRsyncDaemon({ modules: { tf: tree } });
  const way = await startDelayingProxy(daemon.port, { roundTrip: 200, window: 1024 * 1024 });
  const url = `rsync://127.0.0.1:${way.port}/tf/`;
  const target = join(base, 'target');
  const prepare = () => rmSync(target, { recursive: true, force: true });
  const mirror = createRsyncMirror({
    url,
    bucket: 'tensorflow',
    rsyncPath: 'rsync',
    timeout: 60,
    retries: 0,
    bandwidthLimit: undefined,
    password: undefined,
    connections: 4,
    environment: process.env,
    log: silentLog,
  });
  const run = async () => {
    const began = performance.now();
    const events = { onFile: () => undefined, onBytes: () => undefined };
    await mirror.fetch('tensorflow', files, target, events);
    return { seconds: (performance.now() - began) / 1000 };
  };
  const files = await mirror.listTree('tensorflow', '');
  try {
    const result = await compare(
      {
        name: '8 × 25 MB at 200 ms round-trip time and a window of 1 MiB, 4 connections',
        goal: 'at least 3',
        unit: 'times as fast',
        ours: { name: 'tfcache', prepare, run },
        theirs: {
          name: 'rsync -rt',
          prepare,
          run: () => time('rsync', ['-rt', url, `${target}/`], process.env),
        },
      },
      rounds,
    );
    return [result];
  } finally {
    await way.stop();
    await daemon.stop();
    rmSync(base, { recursive: true, force: true });
  }
}
