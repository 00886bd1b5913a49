import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMirrors } from '../../../src/inputs/mirrors.ts';
import { DEFAULT_MIRRORS } from '../../../src/inputs/table.ts';
import { type EngineOptions, makeRoom, type Room, recordingLog } from '../../support/engine.ts';
import {
  type IndexedWheel,
  type IndexServer,
  startIndexServer,
} from '../../support/index-server.ts';

const TAGS = 'cp311-cp311-manylinux2014_x86_64';
const wheelName = (version: string, tags = TAGS): string => `demo_pkg-${version}-${tags}.whl`;
const wheel = (version: string, more: Partial<IndexedWheel> = {}): IndexedWheel => ({
  name: wheelName(version),
  content: Buffer.from(`index ${version}`),
  ...more,
});

const DEAD = 'http://127.0.0.1:9/tensorflow/';

let room: Room;
let servers: IndexServer[] = [];
beforeEach(() => {
  room = makeRoom();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  room.remove();
});

async function startIndex(...wheels: IndexedWheel[]): Promise<IndexServer> {
  const server = await startIndexServer({ 'demo-pkg': wheels });
  servers.push(server);
  return server;
}

/** Puts wheels into the bucket that the folder of the test serves. */
function putWheels(...versions: string[]): void {
  for (const version of versions) {
    room.put(`linux/cpu/${wheelName(version)}`, `bucket ${version}`);
  }
}

const bucket = (): string => `file://${room.tree}/`;
const pull = (mirrors: readonly string[], options: EngineOptions = {}) =>
  room.pull({ artifacts: 'wheel:demo-pkg', mirrors: mirrors.join('\n'), ...options });
const fileOf = ({ report }: Awaited<ReturnType<typeof pull>>) => report.artifacts[0]?.files[0];

describe('the best wheel of all mirrors', () => {
  test.each(['bucket first', 'index first'])(
    'the newest, in bucket or index: %s',
    async (order) => {
      putWheels('1.0', '1.2');
      const index = await startIndex(wheel('1.1'), wheel('1.5'));
      const mirrors = [bucket(), `pypi=${index.url}`];
      if (order === 'index first') mirrors.reverse();

      const newer = await pull(mirrors);
      expect(newer.error).toBeUndefined();
      expect(fileOf(newer)).toMatchObject({ bucket: 'pypi', path: `demo-pkg/${wheelName('1.5')}` });
      expect(room.read(`@pypi/demo-pkg/${wheelName('1.5')}`)).toBe('index 1.5');

      const older = await pull(mirrors, { artifacts: 'wheel:demo-pkg<1.5' });
      expect(fileOf(older)).toMatchObject({ bucket: 'tensorflow' });
      expect(room.read(`linux/cpu/${wheelName('1.2')}`)).toBe('bucket 1.2');
    },
  );

  test('of equal wheels that of the first mirror, whatever its bucket', async () => {
    putWheels('1.0');
    const index = await startIndex(wheel('1.0'));
    const first = await pull([bucket(), `pypi=${index.url}`]);
    expect(fileOf(first)?.bucket).toBe('tensorflow');
    const second = await pull([`pypi=${index.url}`, bucket()], { path: `${room.folder}/second` });
    expect(fileOf(second)?.bucket).toBe('pypi');
  });

  test('of the same bucket on two mirrors, fetched from the one that has it', async () => {
    room.put(`a/linux/cpu/${wheelName('1.0')}`, 'from a');
    room.put(`b/linux/cpu/${wheelName('1.1')}`, 'from b');
    const result = await pull([`${bucket()}a/`, `${bucket()}b/`]);
    expect(result.error).toBeUndefined();
    expect(fileOf(result)).toMatchObject({ origin: `${bucket()}b/` });
    expect(room.read(`linux/cpu/${wheelName('1.1')}`)).toBe('from b');
  });

  test('a locked wheel is not compared again', async () => {
    putWheels('1.0');
    const lockFile = room.lockFile;
    expect((await pull([bucket()], { lockFile })).error).toBeUndefined();
    const index = await startIndex(wheel('2.0'));
    const again = await pull([bucket(), `pypi=${index.url}`], { lockFile });
    expect(fileOf(again)?.path).toBe(`linux/cpu/${wheelName('1.0')}`);
    expect(index.requests).toEqual([]);
  });

  test('if an index lists a file that it does not have, the same version of another mirror', async () => {
    const broken = await startIndexServer(
      { 'demo-pkg': [{ name: wheelName('1.5'), content: Buffer.from('') }] },
      'html',
    );
    servers.push(broken);
    broken.withdraw(wheelName('1.5'));
    const index = await startIndex(wheel('1.5'), wheel('1.0'));
    const log = recordingLog();
    const result = await pull([`pypi=${broken.url}`, `pypi=${index.url}`], { log });
    expect(result.error).toBeUndefined();
    expect(fileOf(result)?.origin).toBe(index.url);
    expect(warnings(log)).toContain('lists a file that it does not have');

    // An older version is not what was asked for.
    const older = await startIndex(wheel('1.0'));
    const refused = await pull([`pypi=${broken.url}`, `pypi=${older.url}`], {
      path: `${room.folder}/older`,
    });
    expect(refused.error?.code).toBe('nothing-matched');
  });
});

const warnings = (log: ReturnType<typeof recordingLog>): string =>
  log.lines.filter((line) => line.startsWith('warning')).join('\n');

describe('a mirror that cannot be used', () => {
  test('causes one warning if another mirror answers', async () => {
    const index = await startIndex(wheel('1.0'));
    const log = recordingLog();
    const artifacts = 'wheel:demo-pkg\nwheel:demo-pkg<9';
    const result = await pull([DEAD, `pypi=${index.url}`], { log, artifacts });
    expect(result.error).toBeUndefined();
    expect(warnings(log)).toContain('127.0.0.1:9');
    expect(result.report.warnings.filter((text) => text.includes('127.0.0.1:9'))).toHaveLength(1);
  });

  test('is named if the other mirrors have no matching wheel', async () => {
    putWheels('1.0');
    const { error } = await pull([bucket(), 'pypi=http://127.0.0.1:9/simple/'], {
      artifacts: 'wheel:demo-pkg>=2',
    });
    expect(error).toMatchObject({ code: 'nothing-matched' });
    expect(error?.found).toContain('1.0');
    expect(error?.found).toMatch(/http:\/\/127\.0\.0\.1:9\/simple\/\S* could not be searched/);
  });

  test('is the error if there is no other', async () => {
    const log = recordingLog();
    const { error } = await pull([DEAD, 'pypi=http://127.0.0.1:9/simple/'], { log });
    expect(error?.code).toBe('no-mirror');
    expect(warnings(log)).toContain('/simple/');
    expect(warnings(log)).not.toContain('was resolved');
    expect(error?.where).toContain('127.0.0.1:9');
  });
});

describe('a machine without pip', () => {
  // No configuration and no pip.
  const environment = (): NodeJS.ProcessEnv => ({
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: undefined,
    PATH: room.folder,
  });
  const withDefault = (): EngineOptions => ({
    environment: environment(),
    mirrorLines: [
      { url: bucket(), bucket: 'tensorflow', line: 1, isDefault: true },
      { url: 'pip', bucket: 'pypi', line: 2, isDefault: true },
    ],
  });

  test('has no index by default, and gets no warning', async () => {
    putWheels('1.0');
    const log = recordingLog();
    const result = await room.pull({ artifacts: 'wheel:demo-pkg', log, ...withDefault() });
    expect(result.error).toBeUndefined();
    expect(result.report.warnings).toEqual([]);
    expect(log.lines.filter((line) => line.startsWith('debug')).join('\n')).toContain('no pip');
  });

  test('is told why the index was not used if no wheel matches', async () => {
    putWheels('1.0');
    const result = await room.pull({ artifacts: 'wheel:demo-pkg>=2', ...withDefault() });
    expect(result.error).toMatchObject({ code: 'nothing-matched' });
    expect(result.error?.found).toContain('no pip');
  });

  test('gets a warning if mirrors has the line', async () => {
    putWheels('1.0');
    const log = recordingLog();
    const mirrors = [bucket(), 'pypi=pip'];
    const has = await pull(mirrors, { log, environment: environment() });
    expect(has.error).toBeUndefined();
    expect(warnings(log)).toContain('no pip');
    const only = await pull(['pypi=pip'], { environment: environment() });
    expect(only.error).toMatchObject({ code: 'configuration', reason: 'pip-missing' });
  });

  test('takes a locked file from another index', async () => {
    const { lockFile } = room;
    const index = await startIndex(wheel('1.0'));
    await pull([`pypi=${index.url}`], { lockFile });
    const { error } = await pull(['pypi=pip', `pypi=${index.url}`], {
      lockFile,
      path: `${room.folder}/again`,
      store: { folder: `${room.folder}/again-store`, lifetime: 'persistent' },
      environment: environment(),
    });
    expect(error).toBeUndefined();
  });
});

test('the default of mirrors is recognised in any spelling, and no other text', () => {
  const isDefault = (text: string) => parseMirrors(text).map((line) => line.isDefault === true);
  expect(isDefault(DEFAULT_MIRRORS)).toEqual([true, true]);
  expect(isDefault(` ${DEFAULT_MIRRORS.replace('\n', '\r\n\n')}\n`)).toEqual([true, true]);
  expect(isDefault('pypi=pip')).toEqual([false]);
});

describe('remarks on the choice', () => {
  test('a yanked release', async () => {
    const index = await startIndex(wheel('2.0', { yanked: true }), wheel('1.0'));
    const log = recordingLog();
    const artifacts = 'wheel:demo-pkg==2.0';
    const { error, report } = await pull([`pypi=${index.url}`], { artifacts, log });
    expect(error).toBeUndefined();
    expect(report.artifacts[0]?.title).toContain('yanked');
    expect(report.warnings.join('\n')).toContain(
      'demo-pkg 2.0 was yanked by its project, with the reason "broken".',
    );
  });

  test('the newest pre-release, if there is no release', async () => {
    const index = await startIndex(wheel('2.0.dev20260101'), wheel('2.0.dev20260102'));
    const log = recordingLog();
    const { error, report } = await pull([`pypi=${index.url}`], { log });
    expect(error).toBeUndefined();
    expect(report.artifacts[0]).toMatchObject({ version: '2.0.dev20260102' });
    expect(report.artifacts[0]?.title).toContain('pre-release');
    expect(log.lines.join('\n')).toMatch(
      /info: demo-pkg has only pre-releases .*2\.0\.dev20260102/,
    );
  });

  test('a pre-release is not chosen if a mirror has a release', async () => {
    putWheels('1.0');
    const index = await startIndex(wheel('2.0rc1'));
    expect(fileOf(await pull([`pypi=${index.url}`, bucket()]))?.bucket).toBe('tensorflow');
  });

  test('Python 3.11 is read as 3.11.0, if it matters', async () => {
    const index = await startIndex(wheel('2.0', { requiresPython: '>=3.11.2' }), wheel('1.0'));
    const said = async (artifacts: string, machine = '3.11.7') => {
      const log = recordingLog();
      const getFullPythonVersion = () => Promise.resolve(machine);
      const options = { artifacts, log, machine: { getFullPythonVersion } };
      const { report } = await pull([`pypi=${index.url}`], options);
      return [report.artifacts[0]?.version, log.lines.some((line) => line.includes('3.11.0'))];
    };
    expect(await said('wheel:demo-pkg')).toEqual(['2.0', false]);
    expect(await said('wheel:demo-pkg?python=3.11')).toEqual(['1.0', true]);
    expect(await said('wheel:demo-pkg?python=3.11.7')).toEqual(['2.0', false]);
    expect(await said('wheel:demo-pkg?python=3.11.1')).toEqual(['1.0', false]);
    // The machine's own Python, when only its file name is known.
    expect(await said('wheel:demo-pkg', '3.11')).toEqual(['1.0', true]);

    const refused = await pull([`pypi=${index.url}`], {
      artifacts: 'wheel:demo-pkg==2.0?python=3.11',
    });
    expect(refused.error?.message).toContain('do not support Python 3.11.0');
    expect(refused.error?.found).toContain('python=3.11.7');
  });
});
