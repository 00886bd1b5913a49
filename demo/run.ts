// npm run demo: the built action against a real rsync daemon and a cache server, all on this machine.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes, formatCount, formatDuration } from '../src/report/units.ts';
import { startCacheServer } from '../test/support/cache-server.ts';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { type Job, printed, runJob } from './job.ts';
import { digestTree, fillMirror, REQUESTS, sizeOfTree } from './mirror.ts';
import { Claims, fact, heading } from './show.ts';

const CHANGED = 'models/face-api/age_gender_model.bin';

const claims = new Claims();
const folder = mkdtempSync(path.join(tmpdir(), 'tfcache-demo-'));
const bucket = path.join(folder, 'mirror', 'tensorflow');

heading('1  A mirror of TensorFlow artifacts on this machine');
mkdirSync(bucket, { recursive: true });
fillMirror(bucket, path.join(folder, 'downloads'));
const daemon = await startRsyncDaemon({ modules: { tensorflow: bucket } });
const cache = await startCacheServer({ folder: path.join(folder, 'cache-service') });
try {
  const held = sizeOfTree(bucket);
  fact('rsync daemon', daemon.url('tensorflow'));
  fact('cache service', cache.environment['ACTIONS_RESULTS_URL'] ?? '');
  fact(
    'it holds',
    `${formatCount(held.files, 'file')}, ${formatBytes(held.bytes)}: TensorFlow.js models from npm, wheels built now`,
  );
  fact('a build asks for', REQUESTS.join('\n'.padEnd(19)));

  heading('2  First build: nothing is cached yet');
  const first = await build('first');
  tell(first);
  const wanted = wantedFiles();
  claims.check(
    'the mirror sent what was asked for, nothing else',
    same(first.sent, wanted),
    `${formatCount(first.sent.length, 'file')} in the daemon's log`,
  );
  claims.check(
    'every file is the same as at the mirror',
    equalsMirror(first, wanted),
    'sha256 of each',
  );
  claims.check(
    'post saved packs and an index for the next build',
    cache.entries().length > 0,
    `${cache.entries().length} in the cache service`,
  );

  heading('3  Second build: a fresh machine, the same cache');
  const second = await build('second');
  tell(second);
  claims.check(
    'the mirror sent nothing',
    second.sent.length === 0,
    `${formatCount(second.sent.length, 'file')} in the daemon's log`,
  );
  claims.check(
    'the build knows it',
    second.job.main.outputs['cache-hit'] === 'true' &&
      second.job.main.outputs['bytes-from-mirror'] === '0',
    `cache-hit=${second.job.main.outputs['cache-hit']}`,
  );
  claims.check(
    'every file is the same as at the mirror',
    equalsMirror(second, wanted),
    'sha256 of each',
  );

  heading('4  Third build: one file changed at the mirror');
  const changed = path.join(bucket, CHANGED);
  writeFileSync(changed, Buffer.concat([readFileSync(changed), Buffer.from('changed')]));
  const third = await build('third');
  tell(third);
  claims.check(
    'the mirror sent that file alone',
    same(third.sent, [CHANGED]),
    third.sent.join(', '),
  );
  claims.check(
    'every file is the same as at the mirror',
    equalsMirror(third, wanted),
    'sha256 of each',
  );

  heading('Where to look');
  fact('everything', folder);
  fact('JSON report', second.job.main.outputs['report'] ?? '');
  fact('job summary', path.join(folder, 'second', 'summary.md'));
  fact('log of the step', path.join(folder, 'second', 'log.txt'));
} finally {
  writeFileSync(path.join(folder, 'rsyncd.log'), daemon.log());
  await daemon.stop();
  await cache.stop();
}

heading(
  claims.broken === 0
    ? `All ${claims.held} claims hold.`
    : `${claims.broken} of ${claims.held + claims.broken} claims do not hold: see the logs above.`,
);
process.exitCode = claims.broken === 0 ? 0 : 1;

interface Build {
  job: Job;
  /** Paths that the daemon sent during it. */
  sent: readonly string[];
}

/** One job of its own folder, and what the mirror sent meanwhile. */
async function build(name: string): Promise<Build> {
  const before = sentFiles().length;
  const job = await runJob(
    path.join(folder, name),
    {
      artifacts: REQUESTS.join('\n'),
      mirrors: `rsync://127.0.0.1:${daemon.port}/{bucket}/`,
    },
    cache.environment,
  );
  const failed = [job.main, job.post].find((step) => step.exitCode !== 0);
  if (failed !== undefined) process.stdout.write(`\n${printed(failed)}\n`);
  claims.check(
    'main and post succeeded',
    failed === undefined,
    `exit codes ${job.main.exitCode} and ${job.post.exitCode}`,
  );
  await daemonIsQuiet();
  return { job, sent: sentFiles().slice(before) };
}

function tell({ job }: Build): void {
  const bytes = (source: string) =>
    formatBytes(Number(job.main.outputs[`bytes-from-${source}`] ?? 0));
  fact(
    'main',
    `${formatDuration(job.main.milliseconds)}   ${job.main.outputs['files']} files, from the cache ${bytes('cache')}, from the mirror ${bytes('mirror')}`,
  );
  fact(
    'post',
    `${formatDuration(job.post.milliseconds)}   ${printed(job.post).trim().split('\n').at(-1) ?? ''}`,
  );
}

/** Paths that the daemon sent so far: it logs `send PATH SIZE BYTES` for each. */
function sentFiles(): string[] {
  return [...daemon.log().matchAll(/\] send (.+) \d+ \d+$/gm)].map((match) => match[1] ?? '');
}

/** The daemon sums up each connection when it ends, which may be an instant after the client has left. */
async function daemonIsQuiet(): Promise<void> {
  const ended = () => daemon.log().match(/\] sent \d+ bytes/g)?.length ?? 0;
  for (let wait = 0; wait < 50 && ended() < daemon.connections(); wait += 1) await sleep(20);
}

/** What the requests mean, said here without tfcache's resolver. */
function wantedFiles(): string[] {
  return [...digestTree(bucket).keys()]
    .filter(
      (file) =>
        file.includes('2.15.1-cp311') ||
        file.startsWith('models/basic-pitch/') ||
        (file.startsWith('models/face-api/') && file.endsWith('.bin')),
    )
    .sort();
}

function equalsMirror({ job }: Build, files: readonly string[]): boolean {
  const there = digestTree(bucket);
  const here = digestTree(path.join(job.workspace, 'tensorflow-artifacts'));
  const ours = [...here.keys()].filter((file) => !file.startsWith('@')).sort();
  return same(ours, files) && files.every((file) => here.get(file) === there.get(file));
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}
