import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CacheServer, startCacheServer } from '../test/support/cache-server.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../test/support/rsync-daemon.ts';
import { type Job, runJob } from './job.ts';
import { digestTree, fillMirror, REQUESTS } from './mirror.ts';

/** A job, and what the mirror sent meanwhile. */
export interface Build {
  job: Job;
  /** Paths, as the daemon logged them. */
  sent: readonly string[];
}

/** The mirror, the cache service and the builds, all below one folder that is kept. */
export class Scene {
  readonly folder: string;
  /** What the daemon serves as its module `tensorflow`. */
  readonly bucket: string;
  readonly daemon: RsyncDaemon;
  readonly cache: CacheServer;

  private constructor(folder: string, bucket: string, daemon: RsyncDaemon, cache: CacheServer) {
    this.folder = folder;
    this.bucket = bucket;
    this.daemon = daemon;
    this.cache = cache;
  }

  static async set(): Promise<Scene> {
    const folder = mkdtempSync(path.join(tmpdir(), 'tfcache-demo-'));
    const bucket = path.join(folder, 'mirror', 'tensorflow');
    mkdirSync(bucket, { recursive: true });
    fillMirror(bucket, path.join(folder, 'downloads'));
    const daemon = await startRsyncDaemon({ modules: { tensorflow: bucket } });
    const cache = await startCacheServer({ folder: path.join(folder, 'cache-service') });
    return new Scene(folder, bucket, daemon, cache);
  }

  /** Main and post of the action in a workspace of their own. */
  async build(name: string): Promise<Build> {
    const before = this.#sent().length;
    const mirrors = `rsync://127.0.0.1:${this.daemon.port}/{bucket}/`;
    const inputs = { artifacts: REQUESTS.join('\n'), mirrors };
    const job = await runJob(path.join(this.folder, name), inputs, this.cache.environment);
    await this.#daemonIsQuiet();
    return { job, sent: this.#sent().slice(before) };
  }

  changeAtMirror(file: string): void {
    const place = path.join(this.bucket, file);
    writeFileSync(place, Buffer.concat([readFileSync(place), Buffer.from('changed')]));
  }

  /** What the requests mean, said here without tfcache's resolver. */
  wanted(): string[] {
    return [...digestTree(this.bucket).keys()].filter(
      (file) =>
        file.includes('tensorflow_cpu-2.15.1-cp311-') ||
        file.startsWith('models/basic-pitch/') ||
        (file.startsWith('models/face-api/') && file.endsWith('.bin')),
    );
  }

  /** The destination holds what was wanted, byte for byte, and nothing else but tfcache's own record. */
  equalsMirror({ job }: Build): boolean {
    const there = digestTree(this.bucket);
    const here = digestTree(path.join(job.workspace, 'tensorflow-artifacts'));
    const files = [...here.keys()].filter((file) => !file.startsWith('@'));
    return same(files, this.wanted()) && files.every((file) => here.get(file) === there.get(file));
  }

  async end(): Promise<void> {
    writeFileSync(path.join(this.folder, 'rsyncd.log'), this.daemon.log());
    await this.daemon.stop();
    await this.cache.stop();
  }

  /** The daemon logs `send PATH SIZE BYTES` for each file. */
  #sent(): string[] {
    const lines = this.daemon.log().matchAll(/\] send (.+) \d+ \d+$/gm);
    return [...lines].map((match) => match[1] ?? '');
  }

  /** It sums up each connection when that ends, which may be an instant after the client has left. */
  async #daemonIsQuiet(): Promise<void> {
    const ended = () => this.daemon.log().match(/\] sent \d+ bytes/g)?.length ?? 0;
    for (let wait = 0; wait < 50 && ended() < this.daemon.connections(); wait += 1) await sleep(20);
  }
}

export function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}
