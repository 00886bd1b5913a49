import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLockfile } from '../../../src/lockfile/read-write.ts';
import { TfcacheError } from '../../../src/platform/error.ts';
import type { Machine } from '../../../src/request/request.ts';
import { type EngineOptions, linuxMachine, makeRoom, type Room } from '../../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

const REQUEST = 'wheel:tensorflow-cpu~=2.15.0';
const WHEELS = {
  linux311: 'linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl',
  linux310: 'linux/cpu/tensorflow_cpu-2.15.1-cp310-cp310-manylinux2014_x86_64.whl',
  mac311: 'mac/cpu/tensorflow_cpu-2.15.1-cp311-cp311-macosx_12_0_arm64.whl',
};

const linux310: Machine = { ...linuxMachine, getPythonVersion: async () => '3.10' };
const mac: Machine = {
  getPythonVersion: async () => '3.11',
  getPlatform: () => 'macosx_arm64',
  getOs: () => 'darwin',
  getArch: () => 'arm64',
};
const withoutPython: Machine = {
  ...linuxMachine,
  getPythonVersion: () => Promise.reject(new TfcacheError('python-missing', 'no python was found')),
};

let room: Room;
let daemon: RsyncDaemon;

beforeEach(async () => {
  room = makeRoom();
  for (const path of Object.values(WHEELS)) room.put(path, path);
  room.put('a.bin', 'some a');
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

const pull = (artifacts: string, machine: Machine, options: EngineOptions = {}) =>
  room.pull({
    artifacts,
    machine,
    mirror: daemon.url('tensorflow'),
    lockFile: room.lockFile,
    ...options,
  });
const paths = ({ report }: Awaited<ReturnType<typeof pull>>) =>
  report.artifacts.flatMap(({ files }) => files.map(({ path }) => path));
const ids = () => readLockfile(room.lockFile)?.artifacts.map(({ id }) => id);
const editLock = (edit: (text: string) => string) =>
  writeFileSync(room.lockFile, edit(readFileSync(room.lockFile, 'utf8')));

describe('a lockfile used without requests', () => {
  test('on another platform is refused, with both platforms and what to do', async () => {
    await pull(REQUEST, mac);
    const { error } = await pull('', linuxMachine);
    expect(error?.reason).toBe('machine-not-locked');
    expect(error?.message).toContain(REQUEST);
    expect(error?.expected).toContain('platform=linux_x86_64, python=3.11 (this machine)');
    expect(error?.found).toBe('locked for platform=macosx_arm64, python=3.11');
    expect(error?.hint).toContain('tfcache lock');
    expect(error?.where).toMatch(/tfcache\.lock, line 5$/);
    expect((await pull('', linuxMachine, { frozen: true, offline: true })).error?.reason).toBe(
      'machine-not-locked',
    );
  });

  test('with another Python is refused, with both versions', async () => {
    await pull(REQUEST, linux310);
    const { error } = await pull('', linuxMachine);
    expect(error?.expected).toContain('python=3.11 (this machine)');
    expect(error?.found).toContain('python=3.10');
  });

  test('a C library of another system is refused too', async () => {
    room.put('libtensorflow/libtensorflow-cpu-darwin-arm64-2.15.0.tar.gz', 'c');
    expect((await pull('libtensorflow:cpu==2.15.0', mac)).error).toBeUndefined();
    const { error } = await pull('', linuxMachine);
    expect(error?.expected).toBe('arch=x86_64, os=linux (this machine)');
    expect(error?.found).toBe('locked for arch=arm64, os=darwin');
    expect(error?.hint).toContain('?os=');
  });

  test('uses the entries of its machine if it has several', async () => {
    for (const machine of [mac, linuxMachine, linux310]) {
      expect((await pull(`${REQUEST}\npath:a.bin`, machine)).error).toBeUndefined();
    }
    expect(ids()).toHaveLength(4);
    const before = readFileSync(room.lockFile, 'utf8');
    const options = { frozen: true };
    expect(paths(await pull('', linuxMachine, options))).toEqual(['a.bin', WHEELS.linux311]);
    expect(paths(await pull('', linux310, options))).toEqual(['a.bin', WHEELS.linux310]);
    expect(paths(await pull('', mac, options))).toEqual(['a.bin', WHEELS.mac311]);
    expect(readFileSync(room.lockFile, 'utf8')).toBe(before);
  });

  test('uses what the request names, on every machine', async () => {
    await pull(`${REQUEST}?python=3.11&platform=macosx_arm64`, linuxMachine);
    for (const machine of [mac, linux310, withoutPython]) {
      expect(paths(await pull('', machine))).toEqual([WHEELS.mac311]);
    }
  });

  test('uses every entry of a path, with any filters', async () => {
    await pull('path:*.bin', linuxMachine, { filters: '- b.bin' });
    await pull('path:*.bin', linuxMachine);
    const result = await pull('', mac);
    expect(result.error).toBeUndefined();
    expect(result.report.artifacts).toHaveLength(2);
  });

  test('on a machine without Python, the version that is locked for its platform is used', async () => {
    await pull(REQUEST, mac);
    const refused = await pull('', withoutPython);
    expect(refused.error?.expected).toContain('platform=linux_x86_64');
    await pull(REQUEST, linuxMachine);
    expect(paths(await pull('', withoutPython))).toEqual([WHEELS.linux311]);
    await pull(REQUEST, linux310);
    expect((await pull('', withoutPython)).error?.message).toBe('no python was found');
  });
});

test('with frozen and requests, the error says what the lockfile has instead', async () => {
  await pull(REQUEST, mac);
  const { error } = await pull(REQUEST, linuxMachine, { frozen: true });
  expect(error?.found).toContain('(locked for platform=macosx_arm64, python=3.11)');
});

describe('a request that was edited by hand', () => {
  test.each([
    ['the version', '~=2.15.0"', '~=2.14.0"'],
    ['the project', 'wheel:tensorflow-cpu~', 'wheel:tensorflow~'],
    ['a qualifier', '~=2.15.0"', '~=2.15.0?python=3.10"'],
    ['the kind', '"wheel:tensorflow-cpu~=2.15.0"', '"path:linux/**"'],
    ['nothing left', '"wheel:tensorflow-cpu~=2.15.0"', '""'],
    ['no request', '"wheel:tensorflow-cpu~=2.15.0"', '"something"'],
  ])('is refused: %s', async (_, from, to) => {
    await pull(REQUEST, linuxMachine);
    editLock((text) => text.replace(/("request": .*)/, (line) => line.replace(from, to)));
    for (const [artifacts, frozen] of [
      ['', true],
      [REQUEST, true],
      ['path:a.bin', false],
    ] as const) {
      const { error } = await pull(artifacts, linuxMachine, { frozen });
      expect(error?.reason).toBe('lockfile-invalid');
      expect(error?.message).toMatch(/is not consistent|is not valid/);
      expect(error?.where).toBe(`${room.lockFile}, line 5`);
      expect(error?.hint).toContain('tfcache lock');
    }
    expect(ids()).toHaveLength(1);
  });

  test('is accepted if it means the same', async () => {
    await pull(REQUEST, linuxMachine);
    editLock((text) =>
      text.replace(/"request": .*/, '"request": "wheel: tensorflow_cpu ~= 2.15.0?python=3.11",'),
    );
    expect((await pull('', linuxMachine)).error).toBeUndefined();
  });
});
