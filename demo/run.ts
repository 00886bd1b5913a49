// npm run demo: the built action against a real rsync daemon and a cache server, all on this machine.

import path from 'node:path';
import { formatBytes, formatCount, formatDuration } from '../src/platform/text/units.ts';
import { printed } from './job.ts';
import { REQUESTS, sizeOfTree } from './mirror.ts';
import { type Build, Scene, same } from './scene.ts';
import { Claims, fact, heading } from './show.ts';

const CHANGED = 'models/face-api/age_gender_model.bin';

const claims = new Claims();

/** Played in order until a claim does not hold. */
const ACTS: readonly [title: string, act: (scene: Scene) => Promise<void>][] = [
  ['First build: nothing is cached yet', firstBuild],
  ['Second build: a fresh machine, the same cache', secondBuild],
  ['Third build: one file has changed at the mirror', thirdBuild],
];

heading('The scene: a mirror of TensorFlow artifacts, and a cache service, on this machine');
const scene = await setScene();
try {
  describeScene(scene);
  for (const [title, act] of ACTS) {
    heading(title);
    await act(scene);
    if (claims.broken > 0) break;
  }
} finally {
  await scene.end();
}
heading(claims.broken === 0 ? `All ${claims.held} claims hold.` : 'That should not have been.');
fact('all of it is in', scene.folder);
process.exitCode = claims.broken === 0 ? 0 : 1;

/** Without its mirror there is nothing to show: what is missing is said in words, not by a stack. */
async function setScene(): Promise<Scene> {
  try {
    return await Scene.set();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function describeScene({ bucket, daemon, cache }: Scene): void {
  const { files, bytes } = sizeOfTree(bucket);
  fact('rsync daemon', daemon.url('tensorflow'));
  fact('it holds', `${formatCount(files, 'file')}, ${formatBytes(bytes)}:`);
  fact('', 'TensorFlow.js models that npm packages ship, and wheels built just now');
  fact('cache service', cache.environment['ACTIONS_RESULTS_URL'] ?? '');
  REQUESTS.forEach((request, index) => {
    fact(index === 0 ? 'each build wants' : '', request);
  });
}

async function firstBuild(scene: Scene): Promise<void> {
  const build = await scene.build('first');
  tell(build);
  claims.check(
    'the mirror sent what was asked for, and nothing else',
    same(build.sent, scene.wanted()),
    `${formatCount(build.sent.length, 'file')} in the daemon's log`,
  );
  checkBytes(scene, build);
  const saved = scene.cache.entries();
  claims.check('post saved it', saved.length > 0, `${saved.length} entries in the cache service`);
}

async function secondBuild(scene: Scene): Promise<void> {
  const build = await scene.build('second');
  tell(build);
  claims.check(
    'the mirror sent nothing',
    build.sent.length === 0,
    `${formatCount(build.sent.length, 'file')} in the daemon's log`,
  );
  const { outputs } = build.job.main;
  claims.check(
    'the action says so',
    outputs['cache-hit'] === 'true' && outputs['bytes-from-mirror'] === '0',
    `cache-hit=${outputs['cache-hit']} bytes-from-mirror=${outputs['bytes-from-mirror']}`,
  );
  checkBytes(scene, build);
}

async function thirdBuild(scene: Scene): Promise<void> {
  scene.changeAtMirror(CHANGED);
  const build = await scene.build('third');
  tell(build);
  claims.check(
    'the mirror sent that file alone',
    same(build.sent, [CHANGED]),
    build.sent.join(', '),
  );
  checkBytes(scene, build);
}

function checkBytes(scene: Scene, build: Build): void {
  const count = formatCount(scene.wanted().length, 'file');
  claims.check(
    'the build has the same bytes as the mirror',
    scene.equalsMirror(build),
    `sha256 of ${count}`,
  );
}

/** What the job printed when it failed, else its times, its sources and where to look. */
function tell({ job: { main, post, folder } }: Build): void {
  for (const step of [main, post]) {
    if (step.exitCode !== 0) process.stdout.write(`${printed(step)}\n`);
  }
  const { outputs } = main;
  const bytes = (source: string) => formatBytes(Number(outputs[`bytes-from-${source}`] ?? 0));
  fact(
    'main',
    `${formatDuration(main.milliseconds)}: mirror ${bytes('mirror')}, cache ${bytes('cache')}`,
  );
  fact(
    'post',
    `${formatDuration(post.milliseconds)}: ${printed(post).trim().split('\n').at(-1) ?? ''}`,
  );
  fact('report', outputs['report'] ?? '');
  fact('summary and log', `${path.join(folder, 'summary.md')} log.txt`);
  claims.check(
    'main and post succeeded',
    main.exitCode === 0 && post.exitCode === 0,
    `exit codes ${main.exitCode} and ${post.exitCode}`,
  );
}
