import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Inputs, MirrorLine } from '../../src/inputs/inputs.ts';
import { parseMirrors } from '../../src/inputs/mirrors.ts';
import { parseFilterRules } from '../../src/mirror/filter/parse.ts';
import type { Log } from '../../src/platform/log.ts';
import { silentProgress } from '../../src/platform/log.ts';
import { pull } from '../../src/pull/pull.ts';
import type { PullResult } from '../../src/pull/types.ts';
import { parseRequests } from '../../src/request/grammar.ts';
import type { Machine } from '../../src/request/request.ts';
import { getRequestKind } from './requests.ts';

/** A log that keeps what it was told. */
export interface RecordingLog extends Log {
  readonly lines: string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const keep = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return {
    lines,
    info: keep('info'),
    warning: keep('warning'),
    error: keep('error'),
    debug: keep('debug'),
  };
}

/** A machine that never changes, whatever runs the tests. */
export const linuxMachine: Machine = {
  getPythonVersion: () => Promise.resolve('3.11'),
  getPlatform: () => 'linux_x86_64',
  getOs: () => 'linux',
  getArch: () => 'x86_64',
};

/** What a test says of a run; the rest is as a job would have it. */
export type EngineOptions = Partial<Omit<Inputs, 'requests' | 'mirrors' | 'filters'>> & {
  artifacts?: string;
  filters?: string;
  /** URL of the mirror of bucket `tensorflow`, or several in order of preference. */
  mirror?: string | readonly string[];
  /** As the input `mirrors`, in place of `mirror`. */
  mirrors?: string;
  /** In place of both. */
  mirrorLines?: readonly MirrorLine[];
  /** What differs from {@link linuxMachine}. */
  machine?: Partial<Machine>;
  log?: Log;
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
};

/** A folder of a test's own, with what most tests need in it. */
export interface Room {
  folder: string;
  /** Served as the bucket `tensorflow`. */
  tree: string;
  destination: string;
  store: string;
  lockFile: string;
  /** Writes a file of the tree, dated so that rsync's quick check sees every later change. */
  put(path: string, content: string | Buffer, mtime?: number): void;
  read(path: string): string;
  pull(options: EngineOptions): Promise<PullResult>;
  remove(): void;
}

export function makeRoom(): Room {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-engine-'));
  mkdirSync(join(folder, 'tree'));
  return openRoom(folder);
}

/** The room in a folder, for another process that works in it. */
export function openRoom(folder: string): Room {
  const room = {
    folder,
    tree: join(folder, 'tree'),
    destination: join(folder, 'destination'),
    store: join(folder, 'store'),
    lockFile: join(folder, 'tfcache.lock'),
  };
  return {
    ...room,
    put(path, content, mtime = 1_700_000_000) {
      const file = join(room.tree, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      utimesSync(file, mtime, mtime);
    },
    read: (path) => readFileSync(join(room.destination, path), 'utf8'),
    pull: (options) => pull(inputsFor(room, options), surroundingsFor(options)),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function inputsFor(room: Pick<Room, 'destination' | 'store'>, options: EngineOptions): Inputs {
  const { artifacts, filters, mirror, mirrors, mirrorLines, ...rest } = options;
  const { machine, log, environment, signal, ...others } = rest;
  return {
    requests: parseRequests(artifacts ?? '', getRequestKind),
    mirrors:
      mirrorLines ??
      (mirrors === undefined
        ? [mirror ?? []]
            .flat()
            .map((url, index) => ({ url, bucket: 'tensorflow', line: index + 1 }))
        : parseMirrors(mirrors)),
    filters: parseFilterRules(filters ?? ''),
    path: room.destination,
    lockFile: undefined,
    frozen: false,
    cache: 'none',
    cacheKeyPrefix: 'tfcache',
    store: { folder: room.store, lifetime: 'persistent' },
    storeMaxSize: undefined,
    link: 'auto',
    verify: 'fast',
    save: 'always',
    offline: false,
    lookupOnly: false,
    failOnCacheMiss: false,
    rsyncPath: 'rsync',
    connections: 1,
    proxy: undefined,
    sshPrivateKey: undefined,
    sshKnownHosts: undefined,
    timeout: 20,
    retries: 0,
    bandwidthLimit: undefined,
    rsyncPassword: undefined,
    exportEnvironment: false,
    summary: false,
    ...others,
  };
}

function surroundingsFor({ machine, log, environment, signal }: EngineOptions) {
  return {
    log: log ?? recordingLog(),
    progress: silentProgress,
    machine: { ...linuxMachine, ...machine },
    signal: signal ?? new AbortController().signal,
    environment: { ...process.env, ...environment },
  };
}
