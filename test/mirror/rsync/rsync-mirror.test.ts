import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../../src/log.ts';
import type { FetchFile, Mirror } from '../../../src/mirror/mirror.ts';
import {
  createRsyncMirror,
  type RsyncMirrorOptions,
} from '../../../src/mirror/rsync/rsync-mirror.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { freePort, type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

const root = mkdtempSync(join(tmpdir(), 'tfcache-mirror-'));
const bucket = join(root, 'bucket');
const big = join(root, 'big');
const AWKWARD = [
  'sp ace.whl',
  ' lead',
  'trail ',
  `quo"te's`,
  'back\\slash',
  'new\nline',
  'cr\rx',
  'tab\tx',
  '中文.whl',
  '-dash',
  '#hash',
  ';semi',
  '*star?[x]',
  'esc\\#012literal',
  'a|b',
  '->arrow -> x',
  '%n%f',
  '\u0001control',
];
let daemon: RsyncDaemon;
let staging: string;
let proxies: FaultProxy[] = [];
let lines: string[] = [];
let pauses: number[] = [];

const log: Log = {
  info: (line) => lines.push(`info: ${line}`),
  warning: (line) => lines.push(`warning: ${line}`),
  error: (line) => lines.push(`error: ${line}`),
  debug: (line) => lines.push(`debug: ${line}`),
};

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function mirrorAt(url: string, changes: Partial<RsyncMirrorOptions> = {}): Mirror {
  return createRsyncMirror({
    url,
    bucket: 'tensorflow',
    rsyncPath: 'rsync',
    timeout: 20,
    retries: 0,
    bandwidthLimit: undefined,
    password: undefined,
    environment: process.env,
    log,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    ...changes,
  });
}

async function faulty(faultFor: (connection: number) => Fault | undefined): Promise<FaultProxy> {
  const proxy = await startFaultProxy(daemon.port, faultFor);
  proxies.push(proxy);
  return proxy;
}

interface Fetched {
  files: string[];
  bytes: number;
}

async function fetchAll(
  mirror: Mirror,
  files: readonly FetchFile[],
  signal?: AbortSignal,
): Promise<Fetched & { missing: readonly string[]; bytesReceived: number }> {
  const seen: Fetched = { files: [], bytes: 0 };
  const result = await mirror.fetch('tensorflow', files, staging, recorder(seen), signal);
  return { ...seen, ...result };
}

function recorder(seen: Fetched) {
  return {
    onFile: (path: string) => {
      // What is told is there: whole, and a regular file.
      expect(lstatSync(join(staging, path)).isFile()).toBe(true);
      seen.files.push(path);
    },
    onBytes: (bytes: number) => {
      seen.bytes += bytes;
    },
  };
}

beforeAll(async () => {
  for (const name of AWKWARD) put(join(bucket, 'linux/cpu', name), `content of ${name}`);
  put(join(bucket, 'linux/cpu/deep/er/x.whl'), 'deep');
  put(join(bucket, '#top'), 'top');
  put(join(bucket, 'versions/"2.21.0"/w.whl'), 'quoted');
  put(join(bucket, 'locked/f'), 'x');
  mkdirSync(join(bucket, 'empty'));
  utimesSync(join(bucket, '#top'), 1_500_000_000, 1_500_000_001);
  symlinkSync('deep', join(bucket, 'linux/cpu/link'));
  symlinkSync('/etc/passwd', join(bucket, 'linux/cpu/link-out'));
  writeFileSync(Buffer.from(`${bucket}/linux/cpu/bad\xff`, 'latin1'), 'not UTF-8');
  // Odd rights on the mirror must not become ours.
  chmodSync(join(bucket, 'versions/"2.21.0"'), 0o555);
  chmodSync(join(bucket, 'versions/"2.21.0"/w.whl'), 0o4444);
  for (const name of ['one', 'two', 'three']) put(join(big, name), randomBytes(3_000_000));
  daemon = await startRsyncDaemon({
    modules: {
      tensorflow: bucket,
      big,
      secret: { path: bucket, lines: ['auth users = ci', `secrets file = ${root}/secrets`] },
      denied: { path: bucket, lines: ['hosts deny = *'] },
      gone: join(root, 'not-there'),
      refusing: { path: bucket, lines: ['refuse options = files-from dirs'] },
      full: { path: bucket, lines: ['max connections = 1'] },
    },
    extra: ['motd file = /etc/hostname'],
  });
  writeFileSync(join(root, 'secrets'), 'ci:pass word\n', { mode: 0o600 });
});
afterAll(async () => {
  await daemon.stop();
  chmodSync(join(bucket, 'versions/"2.21.0"'), 0o755);
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  staging = mkdtempSync(join(root, 'staging-'));
  lines = [];
  pauses = [];
});
afterEach(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  proxies = [];
});

describe('listing', () => {
  test('several folders in one connection, in the order asked', async () => {
    const before = daemon.connections();
    const mirror = mirrorAt(daemon.url('tensorflow'));
    const listed = await mirror.listFolders('tensorflow', [
      'linux/cpu',
      'nope/nor/this',
      '',
      'versions/"2.21.0"',
      'empty',
      '#top',
    ]);
    expect(daemon.connections() - before).toBe(1);
    const [cpu, nope, top, quoted, empty, file] = listed;
    expect(listed.map(({ exists }) => exists)).toEqual([true, false, true, true, true, false]);
    expect(cpu?.files.map(({ path }) => path).sort()).toEqual(
      AWKWARD.map((name) => `linux/cpu/${name}`).sort(),
    );
    expect(cpu?.folders).toEqual(['deep']);
    expect(nope).toEqual({ folder: 'nope/nor/this', exists: false, files: [], folders: [] });
    expect(top?.files).toEqual([{ path: '#top', size: 3, mtime: 1_500_000_001 }]);
    expect([...(top?.folders ?? [])].sort()).toEqual(['empty', 'linux', 'locked', 'versions']);
    expect(quoted?.files.map(({ path }) => path)).toEqual(['versions/"2.21.0"/w.whl']);
    expect(empty).toEqual({ folder: 'empty', exists: true, files: [], folders: [] });
    expect(file?.files).toEqual([]);
  });

  test('what cannot be used is left out and told', async () => {
    await mirrorAt(daemon.url('tensorflow')).listFolders('tensorflow', ['linux/cpu']);
    const warning = lines.filter((line) => line.startsWith('warning: ')).join('\n');
    expect(warning).toContain('2 entries that are no regular files');
    expect(warning).toContain('1 entry whose name cannot be used');
  });

  test('a tree at any depth; a folder that is not there is empty', async () => {
    const mirror = mirrorAt(daemon.url('tensorflow'));
    const tree = await mirror.listTree('tensorflow', 'linux');
    expect(tree).toHaveLength(AWKWARD.length + 1);
    expect(tree).toContainEqual(
      expect.objectContaining({ path: 'linux/cpu/deep/er/x.whl', size: 4 }),
    );
    expect(await mirror.listTree('tensorflow', 'nope')).toEqual([]);
    expect(await mirror.listTree('tensorflow', '#top')).toEqual([]);
    expect((await mirror.listTree('tensorflow', '')).length).toBe(AWKWARD.length + 4);
  });

  test('a folder of the module as the root, and {bucket} in the URL', async () => {
    const inner = mirrorAt(`${daemon.url('tensorflow')}linux/`);
    const [cpu] = await inner.listFolders('tensorflow', ['cpu/deep']);
    expect(cpu).toMatchObject({ exists: true, folders: ['er'] });
    const any = mirrorAt(daemon.url('{bucket}'), { bucket: undefined });
    expect(any.serves('tensorflow') && any.serves('big')).toBe(true);
    expect(await any.listTree('big', '')).toHaveLength(3);
    expect(mirrorAt(daemon.url('tensorflow')).serves('big')).toBe(false);
  });

  test('no folder asked: nothing is contacted', async () => {
    const mirror = mirrorAt('rsync://127.0.0.1:1/tensorflow/');
    expect(await mirror.listFolders('tensorflow', [])).toEqual([]);
    expect(await fetchAll(mirror, [])).toMatchObject({ files: [], missing: [] });
  });

  test('a path that would leave the bucket is refused before anything is contacted', async () => {
    const mirror = mirrorAt('rsync://127.0.0.1:1/tensorflow/');
    for (const path of ['../x', '/etc', 'a/../../b', 'a//b', './a', 'a\0b']) {
      await expect(mirror.listFolders('tensorflow', [path])).rejects.toMatchObject({
        code: 'usage',
      });
      await expect(fetchAll(mirror, [{ path, size: 1, mtime: 1 }])).rejects.toMatchObject({
        code: 'usage',
      });
    }
    await expect(mirror.listTree('../x', '')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('fetching', () => {
  test('awkward names arrive intact, with size and time, each told once', async () => {
    const mirror = mirrorAt(daemon.url('tensorflow'));
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(mirror, tree);
    expect(fetched.missing).toEqual([]);
    expect([...fetched.files].sort()).toEqual(tree.map(({ path }) => path).sort());
    for (const file of tree) {
      const at = join(staging, file.path);
      expectSameBytes(at, join(bucket, file.path));
      expect(Math.floor(lstatSync(at).mtimeMs / 1000)).toBe(file.mtime);
      expect(lstatSync(at).mode & 0o7777).toBe(0o644);
    }
    expect(lstatSync(join(staging, 'versions/"2.21.0"')).mode & 0o777).toBe(0o755);
    expect(fetched.bytes).toBe(fetched.bytesReceived);
    expect(fetched.bytesReceived).toBeGreaterThanOrEqual(
      tree.reduce((sum, { size }) => sum + size, 0),
    );
    expect(everything(staging).sort()).toEqual(tree.map(({ path }) => path).sort());
  });

  test('what is complete already is told and not transferred again', async () => {
    const mirror = mirrorAt(daemon.url('big'));
    const tree = await mirror.listTree('tensorflow', '');
    await fetchAll(mirror, tree.slice(0, 2));
    const again = await fetchAll(mirror, tree);
    expect([...again.files].sort()).toEqual(['one', 'three', 'two']);
    expect(again.bytesReceived).toBeLessThan(3_100_000);
    expect(again.bytesReceived).toBeGreaterThan(3_000_000);
  });

  test('a newer file takes the place of an old one, and is told only then', async () => {
    const mirror = mirrorAt(daemon.url('big'));
    put(join(staging, 'one'), 'an old and short one');
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(
      mirror,
      tree.filter(({ path }) => path === 'one'),
    );
    expect(fetched.files).toEqual(['one']);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
  });

  test('what the mirror does not have is missing, the rest comes; a stale copy is not told', async () => {
    const mirror = mirrorAt(daemon.url('tensorflow'));
    put(join(staging, 'nope'), 'stale');
    const asked = ['nope', 'linux/nope/x', '#top/x', '#top', 'linux/cpu/link-out', 'empty'];
    const files = asked.map((path) => ({ path, size: 3, mtime: 5 }));
    const fetched = await fetchAll(mirror, files);
    expect(fetched.files).toEqual(['#top']);
    expect([...fetched.missing].sort()).toEqual(
      ['#top/x', 'empty', 'linux/cpu/link-out', 'linux/nope/x', 'nope'].sort(),
    );
    expect(() => lstatSync(join(staging, 'linux/cpu/link-out'))).toThrow('ENOENT');
  });

  test('a file that grows while it is copied arrives as some whole state of it', async () => {
    const growing = join(big, 'growing');
    writeFileSync(growing, randomBytes(4_000_000));
    const mirror = mirrorAt(daemon.url('big'), { bandwidthLimit: 4_000 });
    const tree = await mirror.listTree('tensorflow', '');
    const listed = tree.filter(({ path }) => path === 'growing');
    const growth = setInterval(() => writeFileSync(growing, randomBytes(1000), { flag: 'a' }), 20);
    const fetched = await fetchAll(mirror, listed).finally(() => clearInterval(growth));
    expect(fetched.files).toEqual(['growing']);
    const size = lstatSync(join(staging, 'growing')).size;
    const source = readFileSync(growing);
    const copy = readFileSync(join(staging, 'growing'));
    expect(size).toBeGreaterThanOrEqual(4_000_000);
    expect(copy.equals(source.subarray(0, size))).toBe(true);
    rmSync(growing);
  });

  test('progress of one large file is told while it comes', async () => {
    const mirror = mirrorAt(daemon.url('big'), { bandwidthLimit: 1_000 });
    const seen: number[] = [];
    await mirror.fetch(
      'tensorflow',
      [{ path: 'one', size: 3_000_000, mtime: undefined }],
      staging,
      {
        onFile: () => seen.push(-1),
        onBytes: (bytes) => seen.push(bytes),
      },
    );
    expect(seen.indexOf(-1)).toBeGreaterThan(1);
    expect(seen.filter((bytes) => bytes > 0).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(
      3_010_000,
    );
  });

  test('what the caller throws ends the run and comes back to it', async () => {
    const mirror = mirrorAt(daemon.url('big'));
    const tree = await mirror.listTree('tensorflow', '');
    await expect(
      mirror.fetch('tensorflow', tree, staging, {
        onFile: () => {
          throw new RangeError('not wanted');
        },
        onBytes: () => undefined,
      }),
    ).rejects.toThrow('not wanted');
  });
});

/** Compared as bytes: a matcher that looks at each element takes minutes. */
function expectSameBytes(left: string, right: string): void {
  expect(readFileSync(left).equals(readFileSync(right)), `${left} and ${right}`).toBe(true);
}

function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

describe('going on after the end came too early', () => {
  test('cancelled half way: rsync is asked to end, and the next run transfers less', async () => {
    const slow = mirrorAt(daemon.url('big'), { bandwidthLimit: 2_000 });
    const tree = (await slow.listTree('tensorflow', '')).filter(({ path }) => path === 'one');
    const cancel = new AbortController();
    const timer = setInterval(() => {
      if (partialBytes() > 500_000) cancel.abort();
    }, 20);
    const failed = fetchAll(slow, tree, cancel.signal).finally(() => clearInterval(timer));
    await expect(failed).rejects.toMatchObject({ message: 'The transfer was cancelled.' });
    expect(readdirSync(staging)).toEqual(['.tfcache-partial']);
    const rest = await fetchAll(mirrorAt(daemon.url('big')), tree);
    expect(rest.files).toEqual(['one']);
    expect(rest.bytesReceived).toBeLessThan(2_700_000);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
    expect(everything(staging)).toEqual(['one']);
  });

  test('what is gone on with is progress as well: told, and no reason to give up', async () => {
    const half = readFileSync(join(big, 'one')).subarray(0, 600_000);
    put(join(staging, '.tfcache-partial/one'), half);
    // Three times the timeout is when our own clock ends it: before all of it is here.
    const mirror = mirrorAt(daemon.url('big'), { bandwidthLimit: 300, timeout: 2 });
    const seen: number[] = [];
    await mirror.fetch(
      'tensorflow',
      [{ path: 'one', size: 3_000_000, mtime: undefined }],
      staging,
      { onFile: () => seen.push(-1), onBytes: (bytes) => seen.push(bytes) },
    );
    expect(seen.indexOf(-1)).toBeGreaterThan(1);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
  });

  test('killed outright: what lies about is gone on from, and nothing is left lying', async () => {
    const half = readFileSync(join(big, 'one')).subarray(0, 2_000_000);
    put(join(staging, '.one.Ab12Xy'), half);
    put(join(staging, '.one.000000'), half.subarray(0, 10));
    put(join(staging, '.other.Ab12Xy'), 'of a file that nobody asked for');
    const mirror = mirrorAt(daemon.url('big'));
    const tree = (await mirror.listTree('tensorflow', '')).filter(({ path }) => path === 'one');
    const fetched = await fetchAll(mirror, tree);
    expect(fetched.bytesReceived).toBeLessThan(1_200_000);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
    expect(everything(staging).sort()).toEqual(['.other.Ab12Xy', 'one']);
  });

  test('the connection breaks in the middle: tried again, only for the rest', async () => {
    const proxy = await faulty((connection) =>
      connection === 2 ? { kind: 'cut', after: 4_000_000, how: 'end' } : undefined,
    );
    const mirror = mirrorAt(`rsync://127.0.0.1:${proxy.port}/big/`, { retries: 2 });
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(mirror, tree);
    expect([...fetched.files].sort()).toEqual(['one', 'three', 'two']);
    expect(proxy.connections()).toBe(3);
    expect(pauses).toEqual([3_000]);
    expect(lines.join('\n')).toContain('Trying again in 3 s, further try 1 of 2');
    // Less than all of it came a second time.
    expect(proxy.passed()[2]).toBeLessThan(6_500_000);
    expect(fetched.bytes).toBe(fetched.bytesReceived);
  });

  test('the daemon dies in the middle: what was complete stays, the error says so', async () => {
    const mortal = await startRsyncDaemon({ modules: { big } });
    const mirror = mirrorAt(mortal.url('big'), { bandwidthLimit: 3_000, retries: 1 });
    const tree = await mirror.listTree('tensorflow', '');
    const told: string[] = [];
    const failed = mirror.fetch('tensorflow', tree, staging, {
      onFile: (path) => {
        told.push(path);
        void mortal.kill();
      },
      onBytes: () => undefined,
    });
    await expect(failed).rejects.toMatchObject({ code: 'no-mirror' });
    expect(pauses).toEqual([3_000]);
    expect(told).toHaveLength(1);
    expectSameBytes(join(staging, told[0] ?? ''), join(big, told[0] ?? ''));
    await mortal.stop();
  });

  test('a byte that changes on the way is noticed by the protocol, never told as a file', async () => {
    const proxy = await faulty((connection) =>
      connection === 2 ? { kind: 'corrupt', at: 1_500_000 } : undefined,
    );
    const mirror = mirrorAt(`rsync://127.0.0.1:${proxy.port}/big/`);
    const tree = await mirror.listTree('tensorflow', '');
    const seen: Fetched = { files: [], bytes: 0 };
    await mirror.fetch('tensorflow', tree, staging, recorder(seen)).catch(() => undefined);
    for (const path of seen.files) {
      expectSameBytes(join(staging, path), join(big, path));
    }
  });
});

describe('what can go wrong, and what is said', () => {
  const listing = (url: string, changes: Partial<RsyncMirrorOptions> = {}) =>
    mirrorAt(url, { retries: 2, ...changes }).listFolders('tensorflow', ['linux']);

  test('an unknown module: the modules there are', async () => {
    await expect(listing(daemon.url('tensorflows'))).rejects.toMatchObject({
      code: 'no-mirror',
      message: "The mirror has no module 'tensorflows'.",
      hint: expect.stringMatching(/It offers: .*tensorflow, /),
      where: daemon.url('tensorflows'),
    });
    expect(pauses).toEqual([]);
  });

  test('a folder of the module that is not there is not an empty mirror', async () => {
    await expect(listing(`${daemon.url('tensorflow')}a%20b/`)).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('"a%20b/" in it is not'),
    });
  });

  test('nobody listens: few tries with growing pauses', async () => {
    const port = await freePort();
    await expect(listing(`rsync://127.0.0.1:${port}/tensorflow/`)).rejects.toMatchObject({
      code: 'no-mirror',
      message: 'The mirror cannot be reached: Connection refused.',
      hint: expect.stringContaining('873'),
    });
    expect(pauses).toEqual([3_000, 12_000]);
  });

  test('a host that has no address', async () => {
    await expect(
      listing('rsync://no-such-host.invalid/tensorflow/', { retries: 0 }),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('could not be resolved'),
    });
  });

  test('password: wanted, wrong, right', async () => {
    const url = daemon.url('secret');
    await expect(listing(url)).rejects.toMatchObject({
      message: expect.stringContaining('user name and a password'),
      hint: expect.stringContaining('rsync-password'),
    });
    const named = url.replace('//', '//ci@');
    await expect(listing(named, { password: 'wrong' })).rejects.toMatchObject({
      code: 'no-mirror',
    });
    const right = mirrorAt(named, { password: 'pass word' });
    expect(await right.listTree('tensorflow', 'empty')).toEqual([]);
    expect(right.url).toBe(url);
    expect(lines.join('\n')).not.toContain('pass word');
    expect(pauses).toEqual([]);
  });

  test.each([
    ['denied', "does not serve its module 'denied'", []],
    ['gone', 'chdir failed', []],
    ['refusing', 'refuse an option', []],
  ])('module %s', async (module, message, expectedPauses) => {
    await expect(listing(daemon.url(module))).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining(message),
    });
    expect(pauses).toEqual(expectedPauses);
  });

  test('a module whose connections are all taken: few tries with growing pauses', async () => {
    const holder = connect(daemon.port, '127.0.0.1');
    holder.write('@RSYNCD: 31.0 md5\nfull\n');
    const answered = new Promise<void>((resolve) => {
      holder.on('data', (data) => {
        if (data.includes('@RSYNCD: OK')) resolve();
      });
    });
    await answered;
    await expect(listing(daemon.url('full'))).rejects.toMatchObject({
      code: 'no-mirror',
      message: 'The mirror is full: max connections (1) reached.',
    });
    expect(pauses).toEqual([3_000, 12_000]);
    holder.destroy();
  });

  test.each([
    ['before the greeting', 0],
    ['after the greeting', 20],
  ])('a reset %s: one more try, after a long pause', async (_when, after) => {
    const proxy = await faulty(() => ({ kind: 'cut', after, how: 'reset' }));
    await expect(listing(`rsync://127.0.0.1:${proxy.port}/tensorflow/`)).rejects.toMatchObject({
      code: 'no-mirror',
      hint: expect.stringMatching(/too often|later/),
    });
    expect(pauses).toEqual([60_000]);
    expect(proxy.connections()).toBe(2);
  });

  test('a proxy that answers in its own language', async () => {
    const proxy = await faulty(() => ({
      kind: 'answer',
      text: 'HTTP/1.1 403 Forbidden\r\n\r\n<html>::error::x',
    }));
    await expect(listing(`rsync://127.0.0.1:${proxy.port}/tensorflow/`)).rejects.toMatchObject({
      message: expect.stringContaining('HTTP/1.1 403 Forbidden'),
      hint: expect.stringContaining('proxy'),
    });
    expect(pauses).toEqual([]);
  });

  test.each([0, 2_000_000])('silence after %i bytes: the timeout ends it', async (after) => {
    const proxy = await faulty(() => ({ kind: 'silence', after }));
    const mirror = mirrorAt(`rsync://127.0.0.1:${proxy.port}/big/`, { timeout: 1 });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/sent nothing for 1 seconds|no progress/),
    });
  });

  test('a full disk is no fault of the mirror', async () => {
    const mirror = mirrorAt(daemon.url('big'), { rsyncPath: fakeRsync('full') });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({ code: 'no-space', hint: expect.stringContaining('Free space') });
  });

  test('a peer that keeps --timeout from firing is ended by our own clock', async () => {
    const mirror = mirrorAt(daemon.url('big'), { rsyncPath: fakeRsync('hang'), timeout: 0.2 });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('no progress'),
    });
  });

  test('a listing without end does not fill the memory', async () => {
    const mirror = mirrorAt(daemon.url('big'), { rsyncPath: fakeRsync('endless-line') });
    await expect(mirror.listTree('tensorflow', '')).rejects.toMatchObject({ code: 'no-mirror' });
  });

  test('an rsync that is not there', async () => {
    await expect(listing(daemon.url('big'), { rsyncPath: '/no/rsync' })).rejects.toMatchObject({
      code: 'failed',
      where: '/no/rsync',
    });
  });

  test('variables of rsync in the environment change nothing, and no secret reaches it', async () => {
    const script = fakeRsync('environment');
    await mirrorAt(daemon.url('big'), {
      rsyncPath: script,
      environment: {
        ...process.env,
        RSYNC_PROXY: 'http://user:secret@evil:1',
        RSYNC_RSH: 'touch /tmp/y',
        RSYNC_CONNECT_PROG: 'touch /tmp/x',
        'INPUT_RSYNC-PASSWORD': 'secret',
        ACTIONS_RUNTIME_TOKEN: 'secret',
      },
    }).listTree('tensorflow', '');
    const seen = readFileSync(`${script}.env`, 'utf8').split('\n');
    expect(seen.filter((line) => /RSYNC|INPUT|ACTIONS|secret/.test(line))).toEqual([
      'RSYNC_PASSWORD=',
    ]);
    expect(seen).toEqual(expect.arrayContaining(['LC_ALL=C', 'TZ=UTC']));
    expect(lines.join('\n')).toContain('RSYNC_PROXY is not of the form host:port');
    expect(lines.join('\n')).not.toContain('secret');
  });
});

/** A program that answers the version probe as rsync does, and then behaves as no real rsync can be made to. */
function fakeRsync(behaviour: 'full' | 'hang' | 'endless-line' | 'environment'): string {
  const path = join(mkdtempSync(join(root, 'fake-')), 'rsync');
  const acts = {
    full: 'echo "rsync: [receiver] write failed on \\"/x\\": No space left on device (28)" >&2; exit 11',
    hang: 'exec sleep 1000',
    'endless-line': 'exec head -c 3000000 /dev/zero',
    environment: `env > "${path}.env"; exec rsync "$@"`,
  };
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = -VV ]; then exec rsync -VV; fi\n${acts[behaviour]}\n`,
    { mode: 0o755 },
  );
  return path;
}

/** Bytes of the temporary file that rsync is writing now. */
function partialBytes(): number {
  const name = readdirSync(staging).find((entry) => entry.startsWith('.one.'));
  if (name === undefined) return 0;
  return lstatSync(join(staging, name), { throwIfNoEntry: false })?.size ?? 0;
}
