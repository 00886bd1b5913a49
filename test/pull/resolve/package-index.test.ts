import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EngineOptions, makeRoom, type Room, recordingLog } from '../../support/engine.ts';
import { type FaultyServer, startFaultyHttp } from '../../support/faulty-http.ts';
import {
  type IndexedWheel,
  type IndexServer,
  startIndexServer,
} from '../../support/index-server.ts';
import { writeProgram } from '../../support/programs.ts';

const TAGS = 'cp311-cp311-manylinux2014_x86_64';
const wheelName = (version: string, tags = TAGS): string => `demo_pkg-${version}-${tags}.whl`;
const wheel = (version: string, more: Partial<IndexedWheel> = {}): IndexedWheel => ({
  name: wheelName(version),
  content: Buffer.from(`wheel ${version}`),
  ...more,
});

let room: Room;
let index: IndexServer | undefined;

beforeEach(() => {
  room = makeRoom();
});

afterEach(async () => {
  await index?.stop();
  index = undefined;
  room.remove();
});

async function pull(
  wheels: Readonly<Record<string, readonly IndexedWheel[]>>,
  options: EngineOptions & { form?: 'json' | 'html' } = {},
) {
  const { form, ...others } = options;
  await index?.stop();
  index = await startIndexServer(wheels, form);
  return room.pull({ artifacts: 'wheel:demo.pkg', mirrors: `pypi=${index.url}`, ...others });
}

/** An index in which every project has this page. */
function startPage(html: string): Promise<FaultyServer> {
  return startFaultyHttp({}, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    return true;
  });
}

const here = (version: string): string => `@pypi/demo-pkg/${wheelName(version)}`;

describe.each(['json', 'html'] as const)('an index in %s', (form) => {
  test('gives the wheel that pip would choose, verified by the digest of the page', async () => {
    const wheels = [wheel('1.0'), wheel('1.2', { requiresPython: '>=3.9' }), wheel('1.1')];
    const { error, report } = await pull({ 'demo-pkg': wheels }, { form });

    expect(error).toBeUndefined();
    expect(room.read(here('1.2'))).toBe('wheel 1.2');
    expect(report.artifacts[0]).toMatchObject({
      version: '1.2',
      files: [{ bucket: 'pypi', verifiedBy: 'listing', source: 'mirror', origin: index?.url }],
    });
    expect(report.mirror).toBe(index?.url);
    // Sizes are asked for where the page tells none, and only that of the chosen wheel.
    const asked = index?.requests.filter((request) => request.startsWith('HEAD'));
    expect(asked).toEqual(form === 'json' ? [] : [`HEAD /files/${wheelName('1.2')}`]);
  });

  test('with another digest than the bytes is refused', async () => {
    const wheels = [wheel('1.0', { sha256: 'ab'.repeat(32) })];
    const { error } = await pull({ 'demo-pkg': wheels }, { form });

    expect(error?.code).toBe('integrity');
    expect(error?.expected).toContain(`sha256 ${'ab'.repeat(32)} (from the listing`);
    expect(existsSync(room.destination)).toBe(false);
  });

  test('without digests gives unverified files', async () => {
    const { error, report } = await pull(
      { 'demo-pkg': [wheel('1.0', { sha256: 'none' })] },
      { form },
    );
    expect(error).toBeUndefined();
    expect(report.artifacts[0]?.files[0]?.verifiedBy).toBe('unverified');
  });

  test('limits releases by Requires-Python', async () => {
    const wheels = [wheel('2.0', { requiresPython: '>=3.12' }), wheel('1.0')];
    expect((await pull({ 'demo-pkg': wheels }, { form })).report.artifacts[0]?.version).toBe('1.0');

    const { error } = await pull({ 'demo-pkg': wheels.slice(0, 1) }, { form });
    expect(error?.code).toBe('nothing-matched');
    expect(error?.message).toContain('Python 3.11');
    expect(error?.found).toContain('>=3.12');
  });

  test('gives yanked releases only if the request pins the version', async () => {
    const wheels = [wheel('2.0', { yanked: true }), wheel('1.0')];
    expect((await pull({ 'demo-pkg': wheels }, { form })).report.artifacts[0]?.version).toBe('1.0');

    const range = { form, artifacts: 'wheel:demo-pkg>=2' };
    const refused = await pull({ 'demo-pkg': wheels }, range);
    expect(refused.error?.code).toBe('nothing-matched');
    expect(refused.error?.hint).toContain('==2.0');

    const exact = { form, artifacts: 'wheel:demo-pkg==2.0' };
    expect((await pull({ 'demo-pkg': wheels }, exact)).error).toBeUndefined();
    expect(room.read(here('2.0'))).toBe('wheel 2.0');
  });
});

test('a mirror of all buckets is not used as an index', async () => {
  mkdirSync(join(room.folder, 'all/tensorflow/linux/cpu'), { recursive: true });
  mkdirSync(join(room.folder, 'all/pypi/demo-pkg'), { recursive: true });
  writeFileSync(join(room.folder, 'all/pypi/demo-pkg', wheelName('1.0')), 'planted');
  const mirrors = `file://${room.folder}/all/{bucket}/`;
  const { error } = await room.pull({ artifacts: 'wheel:demo-pkg', mirrors });
  expect(error?.code).toBe('nothing-matched');

  // A share that the user names for it is one: a folder a project.
  const named = `pypi=file://${room.folder}/all/pypi/`;
  expect((await room.pull({ artifacts: 'wheel:demo-pkg', mirrors: named })).error).toBeUndefined();
  expect(room.read(here('1.0'))).toBe('planted');
});

test('for a locked wheel, only the file is requested, and verified by the lockfile', async () => {
  const { lockFile } = room;
  await pull({ 'demo-pkg': [wheel('1.0')] }, { lockFile });
  const fresh = (name: string): EngineOptions => ({
    lockFile,
    path: join(room.folder, name),
    store: { folder: join(room.folder, `${name}-store`), lifetime: 'persistent' },
  });

  const newer = [wheel('1.0'), wheel('2.0')];
  const { error, report } = await pull({ 'demo-pkg': newer }, fresh('again'));
  expect(error).toBeUndefined();
  expect(report.artifacts[0]).toMatchObject({ version: '1.0', files: [{ verifiedBy: 'lock' }] });

  const replaced = [wheel('1.0', { content: Buffer.from('wheel X.0') })];
  const refused = await pull({ 'demo-pkg': replaced }, fresh('replaced'));
  expect(refused.error?.code).toBe('integrity');
  const gone = await pull({ 'demo-pkg': [] }, fresh('gone'));
  expect(gone.error?.code).toBe('nothing-matched');
});

test.each(['javascript:alert(1)//', 'http://192.0.2.1/', 'ftp://127.0.0.1/', 'file:///srv/'])(
  'a link to %s excludes only that wheel, and the next index is used',
  async (address) => {
    const bad = await startPage(`<a href="${address}${wheelName('3.0')}">${wheelName('3.0')}</a>`);
    index = await startIndexServer({ 'demo-pkg': [wheel('1.0')] });
    const log = recordingLog();
    const { error } = await room.pull({
      artifacts: 'wheel:demo.pkg',
      mirrors: `pypi=${bad.url}simple/\npypi=${index.url}`,
      log,
    });
    expect(error).toBeUndefined();
    expect(room.read(here('1.0'))).toBe('wheel 1.0');
    expect(log.lines.join('\n')).toMatch(/warning: .*1 wheel is skipped .*is not used/);
    await bad.stop();
  },
);

describe('pypi=pip', () => {
  test('uses the index of pip’s configuration, whose password is not shown', async () => {
    index = await startIndexServer({ 'demo-pkg': [wheel('1.0')] });
    const file = join(room.folder, 'pip.conf');
    const secret = index.url.replace('//', '//user:s3cret@');
    writeFileSync(file, `[global]\nindex-url = ${secret}\n`);
    const log = recordingLog();
    const { error, report } = await room.pull({
      artifacts: 'wheel:demo-pkg',
      mirrors: 'pypi=pip',
      environment: { PIP_CONFIG_FILE: file, PIP_INDEX_URL: undefined, PIP_NO_INDEX: undefined },
      log,
    });
    expect(error).toBeUndefined();
    expect(report.mirror).toBe(index.url);
    expect(log.lines.join('\n')).toContain(index.url);
    expect(`${log.lines.join('\n')}${JSON.stringify(report)}`).not.toContain('s3cret');
  });

  test('uses the default of pip without configuration', async () => {
    index = await startIndexServer({ 'demo-pkg': [wheel('1.0')] });
    const program = writeProgram(join(room.folder, 'bin/python3'), `echo ${index.url}`);
    const log = recordingLog();
    const { error, report } = await room.pull({
      artifacts: 'wheel:demo-pkg',
      mirrors: 'pypi=pip',
      environment: {
        PIP_CONFIG_FILE: '/dev/null',
        PIP_INDEX_URL: undefined,
        PATH: join(room.folder, 'bin'),
      },
      log,
    });
    expect(error).toBeUndefined();
    expect(report.mirror).toBe(index.url);
    expect(log.lines).toContain(
      `info: pypi=pip: ${index.url} (from the default of pip, ${program})`,
    );
  });

  test.each(['file:///srv/simple/', '/srv/simple', 'http://mirror.example/simple/'])(
    'an index of pip’s that tfcache cannot use is told: %s',
    async (url) => {
      const environment = { PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: url };
      const { error } = await room.pull({
        artifacts: 'wheel:demo-pkg',
        mirrors: 'pypi=pip',
        environment,
      });
      expect(error).toMatchObject({ code: 'configuration', reason: 'package-index-unsupported' });
      expect(error).toMatchObject({ where: 'PIP_INDEX_URL', found: JSON.stringify(url) });
    },
  );
});

test('the password of a line for another bucket is not shown', async () => {
  const mirrors = 'other=https://ci:s3@cret@host.example/folder/';
  const { error } = await room.pull({ artifacts: 'path:a.bin', mirrors });
  expect(error?.code).toBe('configuration');
  expect(error?.where).toBe('https://host.example/folder/');
});
