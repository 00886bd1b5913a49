/**
 * Really builds the image and really runs what stands in deploy/kubernetes/, without any registry and without a cluster:
 * buildah makes the image, `podman kube play` runs the Pod, the Deployment's Pod and the CronJob's Pod on this machine.
 *
 * Where no container can be started the script says why, and ends with exit code 0; with `--required` it ends with 1.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { has, must } from './kubernetes/command.ts';
import { manifest } from './kubernetes/manifests.ts';
import { findPodman, type Podman, storageArguments } from './kubernetes/podman.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const IMAGE = 'localhost/tfcache:local';
const IN_CONTAINER = ['rsync --version', 'tar --version', 'zstd --version', 'node --version'];

const FILES: Readonly<Record<string, Buffer>> = {
  'linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-manylinux2014_x86_64.whl': randomBytes(4_000_000),
  'data/a.txt': Buffer.from('file a'),
  'data/with space.txt': Buffer.from('file with a space'),
};
const BYTES = Object.values(FILES).reduce((sum, content) => sum + content.length, 0);

await main();

async function main(): Promise<void> {
  if (process.platform !== 'linux' || !has('podman') || !has('buildah')) {
    skip([
      'podman and buildah are needed, on Linux: apt-get install podman buildah catatonit runc',
    ]);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-kube-'));
  try {
    buildImage(folder);
    const { podman, reasons } = findPodman(folder, IMAGE);
    if (podman === undefined) {
      skip(['no container can be started here:', ...reasons]);
      return;
    }
    say(`podman starts containers here ${podman.way}`);
    checkPrograms(podman);
    await runManifests(podman, folder);
    process.stdout.write('kubernetes: passed\n');
  } finally {
    // Layers may hold files of other users: only podman can remove them without being root.
    if (process.getuid?.() !== 0 && has('podman')) must('podman', ['unshare', 'rm', '-rf', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function skip(reasons: readonly string[]): void {
  process.stdout.write(`kubernetes: SKIPPED, nothing was run: ${reasons.join('\n  ')}\n`);
  if (process.argv.includes('--required')) process.exitCode = 1;
}

function say(text: string): void {
  process.stdout.write(`ok: ${text}\n`);
}

function check(condition: boolean, what: string, found: string): void {
  if (!condition) throw new Error(`not so: ${what}\n${found}`);
  say(what);
}

function buildImage(folder: string): void {
  const context = join(folder, 'context');
  must(process.execPath, [join(PROJECT, 'deploy/make-root.mjs'), join(context, 'root')]);
  must('buildah', [
    ...storageArguments(folder),
    ...['build', '--isolation', 'chroot', '--pull-never', '--file'],
    ...[join(PROJECT, 'deploy/Containerfile'), '--tag', IMAGE, context],
  ]);
  say('the image is built, from nothing but this machine');
}

function checkPrograms(podman: Podman): void {
  const once = ['run', '--rm', '--network', 'host'];
  check(
    podman.run(...once, IMAGE, '--version').startsWith('tfcache '),
    'the image runs tfcache',
    '',
  );
  for (const command of IN_CONTAINER) {
    podman.run(...once, '--entrypoint', JSON.stringify(command.split(' ')), IMAGE);
  }
  say('rsync, tar, zstd and Node run in it');
}

async function runManifests(podman: Podman, folder: string): Promise<void> {
  const tree = join(folder, 'tree');
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  const mirror = await startRsyncDaemon({ modules: { tensorflow: tree } });
  const url = mirror.url('tensorflow');
  const sent = () =>
    [...mirror.log().matchAll(/ send .* (\d+) \d+$/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  const lock = makeLock(folder, url);
  const before = sent();
  const file = (name: Parameters<typeof manifest>[0], node: string) => {
    const target = join(folder, `${name}-${node}.yaml`);
    writeFileSync(target, manifest(name, { mirror: url, lock, node: join(folder, node) }));
    return target;
  };
  const [pod, deployment] = [file('pod', 'node'), file('deployment', 'node')];
  const [warm, podOnWarm] = [file('cronjob', 'other-node'), file('pod', 'other-node')];

  try {
    const first = await play(podman, pod, 'tensorflow');
    checkFiles(first.build, 'the Pod has every byte, from an empty node');
    check(sent() - before === BYTES, 'the mirror sent each byte once', mirror.log());

    podman.play(warm);
    const warmed = await podman.logs('warm-warm-store', /path: /);
    check((await podman.end('warm-warm-store')) === 0, 'the CronJob warms another node', warmed);
    podman.down(warm);
    check(sent() - before === 2 * BYTES, 'and the mirror sent each byte once', mirror.log());

    await checkTogether(podman, join(folder, 'third-node'), url);
    check(sent() - before === 3 * BYTES, 'and the mirror sent each byte once', mirror.log());
    await checkStopped(podman, join(folder, 'fourth-node'), url);
  } finally {
    await mirror.stop();
  }
  say('the mirror is stopped');

  const second = await play(podman, pod, 'tensorflow');
  checkFiles(second.build, 'the Pod has every byte again, in a fresh volume');
  check(/nothing came from a mirror: store/.test(second.init), 'all from the store', second.init);

  const service = await play(podman, deployment, serviceName(podman));
  checkFiles(service.build, "the Deployment's Pod has every byte");

  const other = await play(podman, podOnWarm, 'tensorflow');
  checkFiles(other.build, 'the Pod on the node that the CronJob warmed has every byte');
  check(/nothing came from a mirror: store/.test(other.init), 'all from the store', other.init);
}

/** A container of its own beside the manifests: one that pulls everything into the store of a node. */
function startPull(podman: Podman, name: string, node: string, args: readonly string[]): void {
  mkdirSync(node, { recursive: true });
  podman.run(
    ...['run', '--detach', '--network', 'host', '--name', name],
    ...['--volume', `${node}:/var/lib/tfcache`, IMAGE],
    ...['pull', 'path:**', '--store', '/var/lib/tfcache', ...args],
  );
}

/** Containers see neither each other's processes nor their clocks: only the store's own locks can keep them apart. */
async function checkTogether(podman: Podman, node: string, mirror: string): Promise<void> {
  const names = ['together-1', 'together-2', 'together-3'];
  for (const name of names) startPull(podman, name, node, ['--mirrors', mirror]);
  const codes = await Promise.all(names.map((name) => podman.end(name)));
  check(
    codes.every((code) => code === 0),
    'three containers fill one store together',
    `${codes}`,
  );
  podman.run('rm', ...names);
}

/** tfcache is PID 1 there, which the kernel sends no signal that it does not ask for. */
async function checkStopped(podman: Podman, node: string, mirror: string): Promise<void> {
  startPull(podman, 'stopped', node, ['--mirrors', mirror, '--bandwidth-limit', '256']);
  await podman.logs('stopped', /Syncing/);
  podman.run('stop', '--time', '20', 'stopped');
  const output = await podman.logs('stopped', /Stopped by SIGTERM/);
  check(
    (await podman.end('stopped')) === 1,
    'a container that is stopped ends in good order',
    output,
  );

  startPull(podman, 'resumed', node, ['--mirrors', mirror]);
  const log = await podman.logs('resumed', /path: |error: /);
  check(!log.includes('Waiting for another'), 'and the next waits for no lock of it', log);
  check((await podman.end('resumed')) === 0, 'and has everything', log);
  podman.run('rm', 'stopped', 'resumed');
}

/** podman names the Pod of a Deployment `NAME-pod`, with a number after it in some versions. */
function serviceName(podman: Podman): () => string {
  return () =>
    podman
      .run('pod', 'ps', '--format', '{{.Name}}')
      .split('\n')
      .find((name) => name.startsWith('tensorflow-service')) ?? 'tensorflow-service-pod';
}

async function play(
  podman: Podman,
  file: string,
  pod: string | (() => string),
): Promise<{ init: string; build: string }> {
  try {
    podman.play(file);
    const name = typeof pod === 'string' ? pod : pod();
    const build = await podman.logs(`${name}-build`, /@tfcache\.json/);
    return { init: await podman.logs(`${name}-tfcache`, /path: /), build };
  } finally {
    podman.down(file);
  }
}

/** @param output lines of sha256sum */
function checkFiles(output: string, what: string): void {
  const digests = Object.entries(FILES).map(([path, content]) => {
    return `${createHash('sha256').update(content).digest('hex')}  ./${path}`;
  });
  check(
    digests.every((line) => output.includes(line)),
    what,
    output,
  );
}

function makeLock(folder: string, mirror: string): string {
  const file = join(folder, 'tfcache.lock');
  must(process.execPath, [
    ...[join(PROJECT, 'dist/cli/index.js'), 'pull', 'path:**', '--mirrors', mirror],
    ...['--lock-file', file, '--path', join(folder, 'first'), '--cache', 'none'],
  ]);
  if (!existsSync(file)) throw new Error('no lock was written');
  return readFileSync(file, 'utf8');
}
