import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './rsync-daemon.ts';
import { createBucket, type S3Access } from './s3-workbench.ts';

/** A real S3 server on 127.0.0.1, with the tests' bucket. */
export interface S3Server {
  access: S3Access;
  /** May read and list, not write; undefined where the server knows no rights. */
  reader: S3Access | undefined;
  stop(): Promise<void>;
}

export interface SeaweedCluster extends S3Server {
  /** Ends a volume server at once, as a machine that loses its power. */
  killVolume(number: number): Promise<void>;
  startVolume(number: number): Promise<void>;
  volumes: number;
}

/** Makes buckets; the others cannot. */
const ADMIN_KEYS = { accessKeyId: 'tfcacheAdmin', secretAccessKey: 'admin-secret-0123456789' };
const WRITER_KEYS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
const READER_KEYS = { accessKeyId: 'tfcacheReader', secretAccessKey: 'reader-secret-0123456789' };

interface Running {
  child: ChildProcess;
  /** The end of what it printed. */
  output: () => string;
  kill: (signal?: NodeJS.Signals) => Promise<void>;
}

/**
 * SeaweedFS as a cluster: a master, volume servers that each keep a copy of what another has (replication 001), a filer
 * and its S3 gateway, all processes of their own.
 */
export async function startSeaweedCluster(weed: string, volumes = 3): Promise<SeaweedCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-weed-'));
  const identities = join(folder, 'identities.json');
  writeFileSync(
    identities,
    JSON.stringify({
      identities: [
        identity('admin', ADMIN_KEYS, ['Admin']),
        identity('writer', WRITER_KEYS, ['Read', 'Write', 'List']),
        identity('reader', READER_KEYS, ['Read', 'List']),
      ],
    }),
  );
  const running: Running[] = [];
  const start = (name: string, args: readonly string[]) => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    const process = launch(weed, ['-logtostderr=true', ...args], own);
    running.push(process);
    return process;
  };
  const here = ['-ip=127.0.0.1', '-ip.bind=127.0.0.1'];
  const ports = async () => [await freePort(), await freePort()] as const;

  const [masterPort, masterGrpc] = await ports();
  const masterAddress = `127.0.0.1:${masterPort}.${masterGrpc}`;
  const master = start('master', [
    'master',
    ...here,
    `-port=${masterPort}`,
    `-port.grpc=${masterGrpc}`,
    `-mdir=${join(folder, 'master')}`,
    `-defaultReplication=${volumes > 1 ? '001' : '000'}`,
    '-volumeSizeLimitMB=256',
    '-telemetry=false',
  ]);
  await listens(masterPort, master);

  const volumePorts = await Promise.all(Array.from({ length: volumes }, ports));
  const started = new Map<number, Running>();
  const startVolume = async (number: number) => {
    const [port = 0, grpc = 0] = volumePorts[number] ?? [];
    const volume = start(`volume-${number}`, [
      'volume',
      ...here,
      `-port=${port}`,
      `-port.grpc=${grpc}`,
      `-dir=${join(folder, `volume-${number}`)}`,
      '-max=40',
      '-minFreeSpacePercent=1',
      `-master=${masterAddress}`,
    ]);
    started.set(number, volume);
    await listens(port, volume);
  };
  for (const number of volumePorts.keys()) await startVolume(number);

  const [filerPort, filerGrpc] = await ports();
  const [s3Port, s3Grpc] = await ports();
  const filer = start('filer', [
    'filer',
    ...here,
    `-port=${filerPort}`,
    `-port.grpc=${filerGrpc}`,
    `-master=${masterAddress}`,
    `-defaultStoreDir=${join(folder, 'filer')}`,
    `-localSocket=${join(folder, 'filer.sock')}`,
  ]);
  await listens(filerPort, filer);
  const gateway = start('s3', [
    's3',
    '-ip.bind=127.0.0.1',
    `-port=${s3Port}`,
    `-port.grpc=${s3Grpc}`,
    '-port.iceberg=0',
    '-port.lance=0',
    `-filer=127.0.0.1:${filerPort}.${filerGrpc}`,
    `-config=${identities}`,
    `-localSocket=${join(folder, 's3.sock')}`,
    // Else a volume server that was killed would not be missed.
    '-cacheCapacityMB=0',
  ]);
  await listens(s3Port, gateway);
  const endpoint = `http://127.0.0.1:${s3Port}`;
  const access = { endpoint, ...WRITER_KEYS };
  try {
    await createBucket({ endpoint, ...ADMIN_KEYS });
  } catch (error) {
    const said = running.map(({ output }) => output()).join('\n');
    for (const one of running) await one.kill();
    throw new Error(`SeaweedFS made no bucket:\n${said.slice(-4000)}`, { cause: error });
  }
  return {
    access,
    reader: { endpoint, ...READER_KEYS },
    volumes,
    startVolume,
    killVolume: async (number) => started.get(number)?.kill(),
    async stop() {
      for (const one of running) await one.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `rclone serve s3` over a folder: one process, one set of keys. */
export async function startRcloneServer(rclone: string): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-rclone-'));
  const port = await freePort();
  const { accessKeyId, secretAccessKey } = WRITER_KEYS;
  const server = launch(
    rclone,
    [
      'serve',
      's3',
      folder,
      `--addr=127.0.0.1:${port}`,
      `--auth-key=${accessKeyId},${secretAccessKey}`,
      '--vfs-cache-mode=full',
      `--cache-dir=${join(folder, '.cache')}`,
      `--config=${join(folder, '.config')}`,
    ],
    folder,
  );
  await listens(port, server);
  const access = { endpoint: `http://127.0.0.1:${port}`, ...WRITER_KEYS };
  await createBucket(access);
  return {
    access,
    reader: undefined,
    async stop() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function identity(name: string, keys: typeof WRITER_KEYS, actions: readonly string[]) {
  const credentials = [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }];
  return { name, credentials, actions };
}

function launch(program: string, args: readonly string[], folder: string): Running {
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-20_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
  });
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  return {
    child,
    output: () => output,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
      process.off('exit', atExit);
    },
  };
}

async function listens(port: number, server: Running): Promise<void> {
  for (let wait = 0; wait < 600 && server.child.exitCode === null; wait += 1) {
    if (await accepts(port)) return;
    await sleep(100);
  }
  await server.kill();
  throw new Error(`${server.child.spawnfile} does not listen on ${port}:\n${server.output()}`);
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
