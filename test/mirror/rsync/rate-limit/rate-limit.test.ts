import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicHost } from '../../../../src/mirror/rsync/rate-limit/public-host.ts';
import { applyRateLimit } from '../../../../src/mirror/rsync/rate-limit/rate-limit.ts';
import { startFaultProxy } from '../../../support/fault-proxy.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { useRsyncWorkbench } from '../../../support/rsync-workbench.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { rejectionOf } from '../../../support/thrown.ts';

describe('which hosts are public', () => {
  const addresses: Record<string, string[]> = {
    'mirror.example.org': ['198.51.100.7', '2001:db8::7'],
    'mirror.corp.example': ['10.1.2.3'],
    'half.corp.example': ['10.1.2.3', '198.51.100.7'],
  };
  test.each([
    ['mirrors.tuna.example.org', true],
    ['mirror.example.org', true],
    ['half.corp.example', true],
    ['198.51.100.7', true],
    ['2001:db8::1', true],
    ['172.32.0.1', true],
    ['mirror.corp.example', false],
    ['mirror', false],
    ['localhost', false],
    ['mirror.local', false],
    ['mirror.internal', false],
    ['127.0.0.1', false],
    ['10.0.0.1', false],
    ['172.31.255.1', false],
    ['192.168.1.1', false],
    ['100.64.1.1', false],
    ['169.254.1.1', false],
    ['::1', false],
    ['fe80::1%eth0', false],
    ['fd00::1', false],
  ])('%s: %s', async (host, expected) => {
    expect(await isPublicHost(host, async (name) => addresses[name] ?? [])).toBe(expected);
  });
});

describe('coming to a public host', () => {
  const HOUR = 3_600_000;
  const setting = (folder: string, now: number, changes: object = {}) => {
    const log = recordingLog();
    const pauses: number[] = [];
    const options = {
      folder,
      retries: 2,
      log,
      sleep: async (milliseconds: number) => void pauses.push(milliseconds),
      now: () => now,
      isPublic: async () => true,
      ...changes,
    };
    return { log, pauses, options };
  };
  /** As another process leaves it. */
  const remember = (folder: string, record: object) => {
    mkdirSync(folder, { recursive: true });
    const whole = {
      version: 1,
      host: 'm.example',
      runTimes: [],
      lastProcess: 'another',
      ...record,
    };
    writeFileSync(join(folder, 'm.example.json'), JSON.stringify(whole));
  };

  test('the first time nothing is said and nothing waited; it is remembered', async () => {
    const folder = join(temporaryFolder(), 'v1/hosts');
    const { log, pauses, options } = setting(folder, 1000);
    expect((await applyRateLimit('m.example', options, undefined)).retries).toBe(2);
    expect([log.lines, pauses]).toEqual([[], []]);
    expect(JSON.parse(readFileSync(join(folder, 'm.example.json'), 'utf8'))).toMatchObject({
      host: 'm.example',
      runTimes: [1000],
    });
  });

  test('a second time in the same run is part of the same visit', async () => {
    const folder = temporaryFolder();
    await applyRateLimit('m.example', setting(folder, 1000).options, undefined);
    const { log, pauses, options } = setting(folder, 2000);
    await applyRateLimit('m.example', options, undefined);
    expect([log.lines, pauses]).toEqual([[], []]);
  });

  test('a run that follows another too soon waits, half a minute at most, and says so', async () => {
    const folder = temporaryFolder();
    remember(folder, { runTimes: [HOUR] });
    const { log, pauses, options } = setting(folder, HOUR + 10_000);
    await applyRateLimit('m.example', options, undefined);
    expect(pauses).toEqual([20_000]);
    expect(log.lines.join('\n')).toMatch(/another run used it 10 s ago: waiting 20 s/);
  });

  test('one that comes often is told so, and goes on', async () => {
    const folder = temporaryFolder();
    remember(folder, { runTimes: [HOUR, 5 * HOUR, 6 * HOUR] });
    const { log, pauses, options } = setting(folder, 7 * HOUR);
    await applyRateLimit('m.example', options, undefined);
    expect(pauses).toEqual([]);
    expect(log.lines.join('\n')).toMatch(/used m.example 2 times in the last four hours/);
  });

  test('after it shut this address out there is one try, until it answers again', async () => {
    const folder = temporaryFolder();
    remember(folder, { blockedAt: HOUR });
    const { log, options } = setting(folder, HOUR + 600_000);
    const visit = await applyRateLimit('m.example', options, undefined);
    expect(visit.retries).toBe(0);
    expect(log.lines.join('\n')).toMatch(/seemed to block this address 10 minutes ago/);
    visit.recordAnswer();
    const again = await applyRateLimit(
      'm.example',
      setting(folder, HOUR + 700_000).options,
      undefined,
    );
    expect(again.retries).toBe(2);
    again.recordBlock();
    const later = await applyRateLimit('m.example', setting(folder, 2 * HOUR).options, undefined);
    expect(later.retries).toBe(0);
  });

  test('two further tries at most', async () => {
    const { log, options } = setting(temporaryFolder(), 1, { retries: 10 });
    expect((await applyRateLimit('m.example', options, undefined)).retries).toBe(2);
    expect(log.lines.join('\n')).toMatch(/at most 2 retries instead of 10/);
  });

  test('a private host is nobody to be polite to, and nothing is kept of it', async () => {
    const folder = temporaryFolder();
    const { log, options } = setting(folder, 1, { retries: 10, isPublic: async () => false });
    expect((await applyRateLimit('m.example', options, undefined)).retries).toBe(10);
    expect(log.lines).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    '',
    '{"version":2}',
    '{"version":1,"host":"other","runTimes":[5],"lastProcess":"x"}',
    '\0',
  ])('a record that reads %j is as good as none', async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'm.example.json'), text);
    const { log, options } = setting(folder, 10);
    expect((await applyRateLimit('m.example', options, undefined)).retries).toBe(2);
    expect(log.lines).toEqual([]);
  });

  test('a folder that cannot be written stops nothing', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { options } = setting(join(file, 'hosts'), 10);
    expect((await applyRateLimit('m.example', options, undefined)).retries).toBe(2);
  });

  test('a name that is no file name stays in the folder', async () => {
    const folder = temporaryFolder();
    await applyRateLimit('../::1', setting(folder, 10).options, undefined);
    expect(readdirSync(folder)).toEqual(['..%2F%3A%3A1.json']);
  });
});

describe('a mirror taken for public', () => {
  const bench = useRsyncWorkbench();
  let daemon: RsyncDaemon;
  beforeAll(async () => {
    bench.put('tree/a', 'a');
    daemon = await startRsyncDaemon({ modules: { tf: join(bench.root, 'tree') } });
  });
  afterAll(() => daemon.stop());
  const guest = (port: number, hostsFolder: string) =>
    bench.mirror(`rsync://127.0.0.1:${port}/tf/`, {
      retries: 5,
      hostsFolder,
      isPublic: async () => true,
    });

  test('is remembered in the store after it was asked, once for a run', async () => {
    const hostsFolder = join(temporaryFolder(), 'v1/hosts');
    const mirror = guest(daemon.port, hostsFolder);
    await mirror.listTree('tensorflow', '');
    await mirror.listTree('tensorflow', '');
    const record = JSON.parse(readFileSync(join(hostsFolder, '127.0.0.1.json'), 'utf8'));
    expect(record.runTimes).toHaveLength(1);
    expect(bench.pauses).toEqual([]);
  });

  test('a reset: one more try, remembered; the next run has one try only', async () => {
    const hostsFolder = temporaryFolder();
    const proxy = await startFaultProxy(daemon.port, () => ({
      kind: 'cut',
      after: 0,
      how: 'reset',
    }));
    await rejectionOf(guest(proxy.port, hostsFolder).listTree('tensorflow', ''));
    expect(proxy.connections()).toBe(2);
    expect(bench.pauses).toEqual([60_000]);
    await rejectionOf(guest(proxy.port, hostsFolder).listTree('tensorflow', ''));
    expect(proxy.connections()).toBe(3);
    expect(bench.log.lines.join('\n')).toContain('trying once, without retries');
    await proxy.stop();
    await guest(daemon.port, hostsFolder).listTree('tensorflow', '');
    const record = JSON.parse(readFileSync(join(hostsFolder, '127.0.0.1.json'), 'utf8'));
    expect(record.blockedAt).toBeUndefined();
  });

  test('an unknown module: no further try at all', async () => {
    const mirror = bench.mirror(daemon.url('nope'), { retries: 5, isPublic: async () => true });
    await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(bench.pauses).toEqual([]);
  });
});
