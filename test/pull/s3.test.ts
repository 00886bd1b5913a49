import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveNewFiles } from '../../src/pull/save/save.ts';
import type { PullResult } from '../../src/pull/types.ts';
import { createLeaseReader } from '../../src/store/leases/lease-reader.ts';
import { type EngineOptions, linuxMachine, makeRoom, type Room } from '../support/engine.ts';
import { recordingLog } from '../support/recording-log.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';
import { type StandIn, startStandIn } from '../support/s3-stand-in.ts';

const KEYS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };

let room: Room;
let daemon: RsyncDaemon;
let server: StandIn;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  server = await startStandIn({
    buckets: ['builds'],
    keys: { [KEYS.accessKeyId]: KEYS.secretAccessKey },
  });
});

afterEach(async () => {
  await daemon.stop();
  await server.stop();
  room.remove();
});

const main = { GITHUB_REF: 'refs/heads/main', GITHUB_HEAD_REF: '', GITHUB_BASE_REF: '' };
const log = recordingLog();

/** A job on a machine of its own: nothing is there but the lock, and what is new is saved at its end. */
async function job(
  options: EngineOptions = {},
  job: NodeJS.ProcessEnv = main,
  onSaving = (): void => undefined,
): Promise<PullResult> {
  rmSync(room.store, { recursive: true, force: true });
  rmSync(room.destination, { recursive: true, force: true });
  const environment = {
    ...job,
    GITHUB_EVENT_PATH: '',
    GITHUB_EVENT_NAME: 'push',
    ACTIONS_CACHE_MODE: '',
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const result = await room.pull({
    artifacts: 'path:**/*.bin',
    mirror: daemon.url('tensorflow'),
    cache: `s3://builds/ci?endpoint=${server.endpoint}&default-branch=main`,
    environment,
    log,
    ...options,
  });
  expect(result.error).toBeUndefined();
  if (result.save !== undefined) {
    const { problems } = await saveNewFiles(result.save, {
      log,
      progress: { begin: onSaving, advance: () => undefined, end: () => undefined },
      machine: linuxMachine,
      signal: new AbortController().signal,
      environment: { ...process.env, ...environment },
    });
    expect(problems).toEqual([]);
  }
  return result;
}

const bytes = ({ report }: PullResult) => [report.bytes.cache, report.bytes.mirror];
const packs = () => [...server.objects.keys()].filter((key) => key.includes('/packs/'));

test('the second job takes from S3 what the first one saved', async () => {
  const large = randomBytes(40 * 1024 * 1024);
  room.put('large.bin', large);
  room.put('small/a.bin', 'a');
  room.put('small/b.bin', 'bb');
  const size = large.length + 3;
  expect(bytes(await job())).toEqual([0, size]);
  expect(packs()).toHaveLength(2);
  const second = await job();
  expect(bytes(second)).toEqual([size, 0]);
  expect(second.report.cacheHit).toBe(true);
  expect(room.read('small/b.bin')).toBe('bb');
});

test('what is being saved is held, so that no clean-up takes it', async () => {
  room.put('a.bin', 'a');
  let held: boolean | undefined;
  await job({}, main, () => {
    const leases = createLeaseReader(join(room.store, 'v1'))();
    const sha256 = createHash('sha256').update('a').digest('hex');
    held = leases.isHeld(sha256, 0) && !leases.everything;
  });
  expect(held).toBe(true);
  expect(createLeaseReader(join(room.store, 'v1'))().jobs).toBe(0);
});

test('only what is new is saved', async () => {
  room.put('a.bin', 'a');
  await job();
  room.put('b.bin', 'b');
  expect(bytes(await job())).toEqual([1, 1]);
  expect(bytes(await job())).toEqual([2, 0]);
  expect(packs()).toHaveLength(2);
});

test.each([
  ['wrong bytes', (body: Buffer) => Buffer.from(body).fill('x')],
  ['an object cut short', (body: Buffer) => body.subarray(1)],
])('%s never reach the build, and the next job has them right from S3', async (_, spoil) => {
  room.put('a.bin', 'what it must be');
  await job();
  const [key = ''] = packs();
  server.objects.set(key, spoil(server.objects.get(key) ?? Buffer.alloc(0)));
  expect(bytes(await job())).toEqual([0, 15]);
  expect(room.read('a.bin')).toBe('what it must be');
  expect(packs()).toHaveLength(2);
  expect(bytes(await job())).toEqual([15, 0]);
});

test('an object that has expired is fetched and saved once more', async () => {
  room.put('a.bin', 'gone');
  await job();
  for (const key of packs()) server.objects.delete(key);
  expect(bytes(await job())).toEqual([0, 4]);
  expect(bytes(await job())).toEqual([4, 0]);
});

test('what a pull request saves is not what the default branch reads', async () => {
  const pull = { GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'x', GITHUB_BASE_REF: 'main' };
  room.put('a.bin', 'from main');
  await job();
  room.put('b.bin', 'from pull');
  expect(bytes(await job({}, pull))).toEqual([9, 9]);
  expect(bytes(await job({}, pull))).toEqual([18, 0]);
  expect(bytes(await job({ save: 'never' }))).toEqual([9, 9]);
});

test('a store that is down costs nothing but its help', async () => {
  room.put('a.bin', 'a');
  const cache = 's3://builds/ci?endpoint=http://127.0.0.1:9';
  const result = await job({ cache, save: 'never' });
  expect(bytes(result)).toEqual([0, 1]);
  expect(log.lines.join('\n')).toMatch(/127\.0\.0\.1:9 is unreachable \(ECONNREFUSED\)/);
  expect(log.lines.join('\n')).not.toMatch(/secret-0123/);
});
