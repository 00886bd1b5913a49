import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tryAcquireLock } from '../../src/platform/lock/process-lock.ts';
import { type CacheServer, startCacheServer } from './cache-server.ts';
import { makeRoom, type Room } from './engine.ts';
import { processesNaming } from './processes.ts';
import { type RsyncDaemon, startRsyncDaemon } from './rsync-daemon.ts';

/** The command line that is killed: as it stands in `src`, unless a built one is named. */
const CLI =
  process.env['TFCACHE_STRESS_CLI'] ??
  fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const KILL_AT_STEP = new URL('./kill-at-step.ts', import.meta.url).href;
const LOOP = fileURLToPath(new URL('../store/stress-child.ts', import.meta.url));

/** How much of what runs is killed: a whole job, or tfcache alone, so that what it started goes on without it. */
export type KillReach = 'group' | 'main';

/** A command at work, in a process group of its own. */
export interface Job {
  readonly args: readonly string[];
  readonly pid: number;
  /** Undefined while it runs. */
  end(): JobEnd | undefined;
  kill(reach: KillReach, signal?: NodeJS.Signals): void;
  ended(): Promise<JobEnd>;
}

export interface JobEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

/** A machine of the stress tests: a mirror, a cache service, one store, and jobs that may be killed. */
export interface Site {
  readonly room: Room;
  readonly mirror: string;
  readonly daemon: RsyncDaemon;
  readonly cache: CacheServer;
  /** What every file of the mirror holds, by path. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** TMPDIR of the jobs. */
  readonly temporary: string;
  /** Starts the command line. */
  start(args: readonly string[], environment?: NodeJS.ProcessEnv): Job;
  /** Starts the command line, which is killed at one of its steps; see `kill-at-step.ts`. */
  startDying(args: readonly string[], step: number, environment?: NodeJS.ProcessEnv): Job;
  /** Cleans or verifies the store again and again until SIGTERM. */
  loop(work: 'gc' | 'verify'): Job;
  /** One process with several pulls at once, into `NAME-0`, `NAME-1`, … */
  pulls(name: string, requests: readonly string[]): Job;
  /** Each file there is one of the mirror's, with its bytes; how many there are. @throws Error that names a wrong one. */
  checkDestination(folder: string): number;
  /** Files and folders that belong nowhere, and processes that still run; looks only. */
  lyingAbout(): string[];
  /** What is wrong when nothing should run any more, in words; empty when all is as it should be. */
  leftovers(): Promise<string[]>;
  /** Makes files of the mirror; `large` ones are so many mebibytes. */
  put(path: string, content: Buffer | string): void;
  stop(): Promise<void>;
}

export interface SiteOptions {
  /** Small files, in ten folders. */
  small: number;
  /** Sizes of large ones, in mebibytes. */
  large: readonly number[];
}

export async function makeSite({ small, large }: SiteOptions): Promise<Site> {
  const room = makeRoom();
  const contents = new Map<string, Buffer>();
  const put = (path: string, content: Buffer | string) => {
    const bytes = Buffer.from(content);
    contents.set(path, bytes);
    room.put(path, bytes);
  };
  for (let index = 0; index < small; index += 1) {
    put(
      `f${index % 10}/small-${index}.bin`,
      Buffer.alloc((index * 331) % 30_000, `small ${index} `),
    );
  }
  // Twins: the same bytes under several names.
  for (let index = 0; index < 10; index += 1) put(`f${index}/twin.bin`, Buffer.from('twin'));
  for (const [index, size] of large.entries()) {
    put(`f${index + 1}/large.bin`, noise(index, size * 1024 * 1024));
  }
  const daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  const cache = await startCacheServer();
  const temporary = join(room.folder, 'tmp');
  mkdirSync(temporary);
  // Processes start faster when what Node compiled is kept.
  const compiled = mkdtempSync(join(tmpdir(), 'tfcache-compiled-'));
  const environment = {
    PATH: process.env['PATH'],
    HOME: room.folder,
    TMPDIR: temporary,
    NODE_COMPILE_CACHE: compiled,
  };
  const jobs = new Set<Job>();
  const run = (program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const job = startJob(program, args, { ...environment, ...more });
    jobs.add(job);
    return job;
  };
  return {
    room,
    mirror: daemon.url('tensorflow'),
    daemon,
    cache,
    contents,
    temporary,
    put,
    start: (args, more) => run(CLI, args, more),
    startDying: (args, step, more) =>
      run(CLI, args, {
        ...more,
        KILL_AT_STEP: String(step),
        NODE_OPTIONS: `--import=${KILL_AT_STEP}`,
      }),
    loop: (work) => run(LOOP, [room.folder, '', work]),
    pulls: (name, requests) =>
      run(LOOP, [room.folder, daemon.url('tensorflow'), name, ...requests]),
    checkDestination: (folder) => checkDestination(folder, contents),
    lyingAbout: () => [...strayFiles(room), ...processesNaming(room.folder)],
    leftovers: () => leftovers(room),
    async stop() {
      for (const job of jobs) if (job.end() === undefined) job.kill('group');
      await daemon.stop();
      await cache.stop();
      room.remove();
      rmSync(compiled, { recursive: true, force: true });
    },
  };
}

/** Bytes that neither repeat nor compress. */
function noise(seed: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let block = createHash('sha512').update(`${seed}`).digest();
  for (let at = 0; at < size; at += block.length) {
    if (at % 65_536 === 0) block = createHash('sha512').update(block).digest();
    block.copy(bytes, at);
  }
  return bytes;
}

function startJob(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Job {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} did not start`);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let end: JobEnd | undefined;
  const closed = once(child, 'close').then((): JobEnd => {
    const { exitCode: code, signalCode: signal } = child;
    end = { code, signal, stdout, stderr, milliseconds: performance.now() - began };
    return end;
  });
  return {
    args,
    pid,
    end: () => end,
    ended: () => closed,
    kill(reach, signal = 'SIGKILL') {
      try {
        process.kill(reach === 'group' ? -pid : pid, signal);
      } catch (error) {
        // It ended by itself in this very moment.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
  };
}

function checkDestination(folder: string, contents: ReadonlyMap<string, Buffer>): number {
  let checked = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length + 1);
    if (path.startsWith('@tfcache')) continue;
    if (contents.get(path)?.equals(readFileSync(file)) !== true) {
      throw new Error(`${file} is not what the mirror has`);
    }
    checked += 1;
  }
  return checked;
}

/** All that may stand in a room when nothing runs; everything else was forgotten. */
const BELONGS: readonly RegExp[] = [
  /^(?:tree|tmp|store)\/?$/,
  /^tree\//,
  /^tfcache(?:-\d+)?\.lock$/,
  /^store\/CACHEDIR\.TAG$/,
  /^store\/v1$/,
  /^store\/v1\/(?:objects|index|staging|locks|claims|leases|tmp|methods|clock|reserve(?:\/(?:\d|room))?)$/,
  /^store\/v1\/methods\/[0-9a-f.-]+\.(?:hardlink|reflink|copy)$/,
  /^store\/v1\/objects\/[0-3][0-9a-f](?:\/[0-9a-f]{64}\.\d+\.\d+\.\d+)?$/,
  /^store\/v1\/index\/[0-9a-f]{2}$/,
  /^store\/v1\/locks\/[^/]+(?:\/\d+)?$/,
  /^store\/v1\/claims\/[^/]+$/,
  // Destinations: their files are compared with the mirror's elsewhere.
  /^d[^/]*(?:\/@tfcache\.json|\/[^@].*)?$/,
];

function strayFiles(room: Room): string[] {
  const names = readdirSync(room.folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => !BELONGS.some((pattern) => pattern.test(name)));
}

async function leftovers(room: Room): Promise<string[]> {
  const found = strayFiles(room);
  const locks = join(room.store, 'v1', 'locks');
  for (const name of existsSync(locks) ? readdirSync(locks) : []) {
    const turn = tryAcquireLock(join(locks, name));
    if (turn === undefined) found.push(`the lock ${name} is held`);
    turn?.release();
    const turns = readdirSync(join(locks, name));
    if (turns.length !== 1) found.push(`locks/${name} holds ${turns.join(', ')}`);
  }
  // What tfcache started may end a moment after it.
  let running = processesNaming(room.folder);
  for (let wait = 0; running.length > 0 && wait < 50; wait += 1) {
    await sleep(20);
    running = processesNaming(room.folder);
  }
  return [...found, ...running.map((line) => `still running: ${line}`)];
}
