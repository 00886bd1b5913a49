import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMirrors } from '../../../src/inputs/mirrors.ts';
import { probeMirror } from '../../support/probing.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { fetchInto } from '../../support/rsync-workbench.ts';
import { useSshBench } from '../../support/ssh-bench.ts';

const ssh = useSshBench();
const { bench } = ssh;
let daemon: RsyncDaemon;
let tree: string;

beforeAll(async () => {
  tree = join(bench.root, 'a tree');
  mkdirSync(join(tree, 'some folder'), { recursive: true });
  bench.put('a tree/some folder/a wheel.whl', 'wheel');
  bench.put('a tree/100%/x.whl', 'percent');
  const secrets = join(bench.root, 'secrets');
  writeFileSync(secrets, 'ci@corp.example:pass\n', { mode: 0o600 });
  daemon = await startRsyncDaemon({
    modules: {
      'My Module': tree,
      login: { path: tree, lines: ['auth users = ci@corp.example', `secrets file = ${secrets}`] },
    },
  });
});
afterAll(() => daemon.stop());

const address = () => `127.0.0.1:${daemon.port}`;
const urlOf = (line: string): string => parseMirrors(line)[0]?.url ?? '';

async function expectWheel(url: string, path = 'a wheel.whl'): Promise<void> {
  const mirror = bench.mirror(url);
  const [root] = await mirror.listFolders('tensorflow', ['']);
  const listed = await mirror.listTree('tensorflow', '');
  expect(root?.files).toEqual(listed);
  const staging = bench.staging();
  expect((await fetchInto(mirror, listed, staging)).told).toEqual([path]);
  expect(readFileSync(join(staging, path), 'utf8')).not.toBe('');
}

test.each([
  ['%20', () => `rsync://${address()}/My%20Module/some%20folder/`],
  ['quotes', () => `"rsync://${address()}/My Module/some folder/"`],
  ['quotes, for a bucket', () => `tensorflow="rsync://${address()}/My Module/some folder/"`],
])('a module and a folder with spaces, by %s', async (_how, line) => {
  await expectWheel(urlOf(line()));
  const probed = await probeMirror(line());
  expect(probed).toMatchObject({ verdict: 'usable', content: { names: ['a wheel.whl'] } });
});

test('a percent sign', async () => {
  await expectWheel(`rsync://${address()}/My%20Module/100%25/`, 'x.whl');
});

test('over SSH', async () => {
  const mirror = ssh.mirror(urlOf(`"${ssh.server().url(`${bench.root}/a tree/some folder`)}"`));
  const listed = await mirror.listTree('tensorflow', '');
  expect(listed.map(({ path }) => path)).toEqual(['a wheel.whl']);
  const staging = bench.staging();
  expect((await fetchInto(mirror, listed, staging)).told).toEqual(['a wheel.whl']);
});

test('a user name with an @, written as %40', async () => {
  const url = `rsync://ci%40corp.example@${address()}/login/some%20folder/`;
  const mirror = bench.mirror(urlOf(url), { password: 'pass' });
  expect(mirror.url).not.toContain('corp');
  expect(await mirror.listTree('tensorflow', '')).toHaveLength(1);
});

test.each([
  ['rsync://ci@corp.example@mirror/m/', 'user name', 'rsync://ci%40corp.example@mirror/'],
  ['ssh://ci@corp.example@mirror/srv/', 'user name', 'ssh://ci%40corp.example@mirror/'],
  ['rsync://mirror/My Module/', 'space', '%20'],
  ['ssh://ci@mirror/My Folder/', 'space', '%20'],
])('%s is answered by its correction', (line, message, hint) => {
  expect(() => parseMirrors(line)).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    }),
  );
});
