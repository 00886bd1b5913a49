import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInputs, resolveInputPath } from '../../src/inputs/parse.ts';
import type { RawInputs } from '../../src/inputs/table.ts';
import { describeError, TfcacheError } from '../../src/platform/error.ts';

// Absolute on Windows too, where it gains a drive.
const at = (path: string) => resolve(path);
const context = {
  workspace: at('/work/repo'),
  temporaryFolder: at('/tmp/job'),
  homeFolder: at('/home/user'),
};
const parse = (raw: RawInputs) => parseInputs({ artifacts: 'path:a/*', ...raw }, context);

async function refusal(raw: RawInputs): Promise<TfcacheError> {
  try {
    await parse(raw);
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error(`taken: ${JSON.stringify(raw)}`);
}

describe('parseInputs', () => {
  it('gives the defaults of the contract', async () => {
    expect(await parse({})).toMatchObject({
      requests: [{ kind: 'path', name: 'a/*', line: 1 }],
      mirrors: [
        { url: 'https://storage.googleapis.com/{bucket}/', bucket: undefined, isDefault: true },
        { url: 'pip', bucket: 'pypi', isDefault: true },
      ],
      filters: [],
      path: at('/work/repo/tensorflow-artifacts'),
      lockFile: undefined,
      frozen: false,
      cache: 'github',
      cacheKeyPrefix: 'tfcache',
      store: { folder: at('/tmp/job/tfcache/store'), lifetime: 'job' },
      link: 'auto',
      save: 'always',
      offline: false,
      lookupOnly: false,
      failOnCacheMiss: false,
      rsyncPath: 'rsync',
      connections: 1,
      proxy: undefined,
      sshPrivateKey: undefined,
      sshKnownHosts: undefined,
      timeout: 120,
      retries: 2,
      bandwidthLimit: undefined,
      rsyncPassword: undefined,
      exportEnvironment: true,
      summary: true,
    });
  });

  it.each<[RawInputs, object]>([
    [
      { frozen: 'TRUE', 'lock-file': 'x.lock' },
      { frozen: true, lockFile: at('/work/repo/x.lock') },
    ],
    [{ offline: ' True ' }, { offline: true }],
    [{ 'lookup-only': 'true' }, { lookupOnly: true }],
    [{ 'fail-on-cache-miss': 'true' }, { failOnCacheMiss: true }],
    [{ 'export-environment': 'False' }, { exportEnvironment: false }],
    [{ summary: 'FALSE' }, { summary: false }],
    [{ summary: '' }, { summary: true }],
    [{ path: '/abs/../out' }, { path: at('/out') }],
    [{ path: '~/artifacts' }, { path: at('/home/user/artifacts') }],
    [{ 'lock-file': 'sub/tfcache.lock' }, { lockFile: at('/work/repo/sub/tfcache.lock') }],
    [{ store: '/mnt/store' }, { store: { folder: at('/mnt/store'), lifetime: 'persistent' } }],
    [{ cache: 'none' }, { cache: 'none' }],
    [{ 'cache-key-prefix': 'my repo/v2' }, { cacheKeyPrefix: 'my repo/v2' }],
    [{ link: 'copy' }, { link: 'copy' }],
    [{ link: 'reflink' }, { link: 'reflink' }],
    [{ link: 'hardlink' }, { link: 'hardlink' }],
    [{ save: 'never' }, { save: 'never' }],
    [{ save: 'on-success' }, { save: 'on-success' }],
    [{ 'rsync-path': '/opt/my tools/rsync' }, { rsyncPath: '/opt/my tools/rsync' }],
    [{ 'rsync-path': 'allow-old:/usr/bin/rsync' }, { rsyncPath: 'allow-old:/usr/bin/rsync' }],
    [{ connections: '4' }, { connections: 4 }],
    [{ proxy: 'proxy.example:3128' }, { proxy: 'proxy.example:3128' }],
    [{ proxy: '[::1]:3128' }, { proxy: '[::1]:3128' }],
    [{ proxy: 'HTTP://Proxy.Example:3128/' }, { proxy: 'proxy.example:3128' }],
    [{ 'ssh-private-key': 'KEY\nBYTES\n' }, { sshPrivateKey: 'KEY\nBYTES' }],
    [{ 'ssh-known-hosts': 'host ssh-ed25519 AAAA' }, { sshKnownHosts: 'host ssh-ed25519 AAAA' }],
    [{ timeout: '1' }, { timeout: 1 }],
    [{ retries: '0' }, { retries: 0 }],
    [{ 'bandwidth-limit': '2048' }, { bandwidthLimit: 2048 }],
    [{ 'rsync-password': 's3cret\n' }, { rsyncPassword: 's3cret' }],
    [{ artifacts: '\n# a comment\n\npath:b\n' }, { requests: [{ name: 'b', line: 4 }] }],
    [{ artifacts: '', 'lock-file': 'x.lock' }, { requests: [] }],
    [{ filters: '+ /a/*.whl\n- *\n' }, { filters: [{ line: 1 }, { line: 2 }] }],
  ])('takes %j', async (raw, expected) => {
    expect(await parse(raw)).toMatchObject(expected);
  });

  it.each<[RawInputs, string]>([
    [{ frozen: 'yes', 'lock-file': 'x' }, 'true or false'],
    [{ frozen: 'true' }, 'lock-file'],
    [{ offline: '1' }, 'true or false'],
    [{ 'lookup-only': 'on' }, 'true or false'],
    [{ 'fail-on-cache-miss': 'tRUE' }, 'true or false'],
    [{ 'export-environment': '0' }, 'true or false'],
    [{ summary: 'no' }, 'true or false'],
    [{ cache: 'gitlab' }, 'github, none'],
    [{ 'cache-key-prefix': 'a,b' }, 'without commas'],
    [{ 'cache-key-prefix': 'x'.repeat(201) }, '1 to 200'],
    [{ link: 'symlink' }, 'auto, reflink, hardlink, copy'],
    [{ save: 'sometimes' }, 'always, on-success, never'],
    [{ 'rsync-path': '-e sh' }, "program's name or path"],
    [{ 'rsync-path': 'rsync\nrm' }, "program's name or path"],
    [{ connections: '0' }, '1 to 4'],
    [{ connections: '5' }, '1 to 4'],
    [{ proxy: 'https://proxy.example:3128' }, 'not TLS or SOCKS'],
    [{ proxy: 'http://proxy.example' }, 'host:port'],
    [{ proxy: 'proxy.example' }, 'host:port'],
    [{ proxy: 'proxy.example:0' }, 'host:port'],
    [{ proxy: '-x:80' }, 'host:port'],
    [{ timeout: '0' }, '1 to 86400'],
    [{ timeout: '12.5' }, 'whole number'],
    [{ timeout: '1e3' }, 'whole number'],
    [{ timeout: '-1' }, 'whole number'],
    [{ retries: '11' }, '0 to 10'],
    [{ retries: 'two' }, 'whole number'],
    [{ 'bandwidth-limit': '0' }, 'whole number'],
    [{ 'bandwidth-limit': '1M' }, 'whole number'],
    [{ 'store-max-size': 'huge' }, '50GB'],
  ])('refuses %j and says what is allowed', async (raw, allowed) => {
    const error = await refusal(raw);
    const [name = '', value = ''] = Object.entries(raw)[0] ?? [];
    expect(error.code).toBe('usage');
    expect(error.message).toContain(name);
    expect(describeError(error)).toContain(allowed);
    expect(error.found).toBe(JSON.stringify(value));
    expect(error.hint).toBeTruthy();
  });

  it('takes the address of an S3 store, without credentials in it', async () => {
    const cache = 's3://bucket/prefix?region=eu-west-1';
    expect((await parse({ cache })).cache).toBe(cache);
    const error = await refusal({ cache: 's3://key:hunter2@bucket/prefix' });
    expect(describeError(error)).toContain('AWS_ACCESS_KEY_ID');
    expect(describeError(error)).not.toContain('hunter2');
  });

  it('shows no secret in an error', async () => {
    const error = await refusal({
      'ssh-private-key': 'PRIVATE-KEY-BYTES',
      'rsync-password': 's3cret',
      proxy: 'user:s3cret@proxy:x',
    });
    expect(JSON.stringify([describeError(error), error.stack])).not.toMatch(
      /PRIVATE-KEY-BYTES|s3cret/,
    );
  });

  it('asks for something to do', async () => {
    const error = await refusal({ artifacts: ' \n# only a comment\n' });
    expect(error.code).toBe('usage');
    expect(error.hint).toContain('wheel:');
  });

  it('names the line of a request that it cannot read', async () => {
    const error = await refusal({ artifacts: 'path:a\n\nwheal:tensorflow\n' });
    expect(error.code).toBe('usage');
    expect(describeError(error)).toMatch(/line 3/);
  });
});

describe('resolveInputPath', () => {
  it('knows home only when it stands alone or before a slash', async () => {
    expect(resolveInputPath('~', context)).toBe(at('/home/user'));
    expect(resolveInputPath('~user/x', context)).toBe(at('/work/repo/~user/x'));
    expect(resolveInputPath('~/x', { ...context, homeFolder: undefined })).toBe(
      at('/work/repo/~/x'),
    );
    expect(resolveInputPath(join(homedir(), 'x'), context)).toBe(join(homedir(), 'x'));
  });
});

describe('path and store', () => {
  it.each<[string, RawInputs]>([
    ['is the store as well', { path: '/srv/x', store: '/srv/x/' }],
    ['is inside the store', { path: '/srv/x/v1/objects', store: '/srv/x' }],
    ['holds the store', { path: '.', store: '.cache/store' }],
    ['is inside the store', { path: '/tmp/job/tfcache/store/v1' }],
    ['holds the store', { path: '/' }],
  ])('a destination that %s is refused', async (words, raw) => {
    const error = await refusal(raw);
    expect(error.code).toBe('usage');
    expect(error.message).toContain(words);
    expect(error.found).toMatch(/path .*, store /);
    // Beside v1 a destination may stand, so nobody is told otherwise.
    expect(error.expected).toMatch(/neither its folder v1 nor in it/);
  });

  it.each<RawInputs>([
    { path: '/srv/x', store: '/srv/x-store' },
    { path: '/srv/x/warm.1', store: '/srv/x' },
    { path: '/srv/..x', store: '/srv/x' },
    { path: 'out', store: 'store' },
  ])('%j are two folders', async (raw) => {
    const { path, store } = await parse(raw);
    expect(path).not.toBe(store.folder);
  });
});
