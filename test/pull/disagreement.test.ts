import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATASET_FILES, WEIGHT_FILES } from '../../src/request/keras/keras-catalogue.ts';
import { type EngineOptions, makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { type GoogleServer, startGoogleServer } from '../support/google-server.ts';

let room: Room;
let server: GoogleServer | undefined;

beforeEach(() => {
  room = makeRoom();
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  room.remove();
});

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Files = Readonly<Record<string, { lists: string; serves?: string }>>;

/** Buckets as Google serves them, each of which lists `lists` and serves `serves`; all by one host, each one a mirror. */
async function buckets(...all: readonly Files[]): Promise<string[]> {
  const buffers = (texts: readonly (readonly [string, string])[]) =>
    Object.fromEntries(texts.map(([path, text]) => [path, Buffer.from(text)]));
  const [first, ...others] = all.map((files, index) => ({
    bucket: `copy-${index}`,
    objects: buffers(Object.entries(files).map(([path, { lists }]) => [path, lists])),
    served: buffers(
      Object.entries(files).map(([path, { lists, serves }]) => [path, serves ?? lists]),
    ),
  }));
  if (first === undefined) return [];
  server = await startGoogleServer(first, ...others);
  return all.map((_, index) => `${server?.host}/copy-${index}/`);
}

function pull(
  mirrors: readonly string[],
  { artifacts = 'path:a.bin', ...options }: EngineOptions = {},
) {
  return room.pull({
    artifacts,
    mirrors: mirrors.map((url) => `tensorflow=${url}`).join('\n'),
    environment: { STORAGE_EMULATOR_HOST: server?.host },
    ...options,
  });
}

describe('a digest of the listing reaches what the bytes are held to, whatever kind asked', () => {
  const mnist = 'tf-keras-datasets/mnist.npz';
  const fashion = DATASET_FILES.filter(({ dataset }) => dataset === 'fashion_mnist').flatMap(
    ({ path }) => path ?? [],
  );
  const weights = WEIGHT_FILES.filter(({ model }) => model === 'ResNet50').map(({ path }) => path);
  test.each([
    ['path:a.bin', 'a.bin', 'listing'],
    [
      'wheel:tensorflow-cpu==2.15.0',
      'linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-manylinux2014_x86_64.whl',
      'listing',
    ],
    [
      'libtensorflow:cpu==2.15.0',
      'libtensorflow/libtensorflow-cpu-linux-x86_64-2.15.0.tar.gz',
      'listing',
    ],
    ['keras-dataset:mnist', mnist, 'catalogue'],
    ['keras-dataset:fashion_mnist', fashion, 'catalogue'],
    ['keras-dataset:jena_climate', 'tf-keras-datasets/jena_climate_2009_2016.csv.zip', 'listing'],
    ['keras-weights:ResNet50', weights, 'catalogue'],
  ])('%s', async (artifacts, paths, source) => {
    const files = [paths].flat().map((path) => [path, { lists: 'right', serves: 'wrong' }]);
    const mirrors = await buckets(Object.fromEntries(files));
    const { error, report } = await pull(mirrors, { artifacts });
    expect(error?.code).toBe('integrity');
    expect(report.artifacts[0]?.files[0]?.verifiedBy ?? source).toBe(source);
    if (source === 'listing') expect(error?.expected).toContain(`md5 ${md5('right')}`);
    expect(error?.found).toContain(source === 'listing' ? md5('wrong') : '');
    expect(existsSync(room.destination)).toBe(false);
  });
});

test('the first lists one thing and serves another: the second serves what the first lists', async () => {
  const mirrors = await buckets(
    { 'a.bin': { lists: 'right', serves: 'wrong' } },
    { 'a.bin': { lists: 'right' } },
  );
  const log = recordingLog();
  const { error, report } = await pull(mirrors, { log });

  expect(error).toBeUndefined();
  expect(room.read('a.bin')).toBe('right');
  expect(report.artifacts[0]?.files[0]).toMatchObject({ verifiedBy: 'listing' });
  const told = log.lines.filter((line) => line.startsWith('warning'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(md5('wrong'));
});

describe('two mirrors that disagree', () => {
  const disagreeing = () =>
    buckets(
      { 'a.bin': { lists: 'right', serves: 'wrong' }, 'b.bin': { lists: 'b' } },
      { 'a.bin': { lists: 'other' }, 'b.bin': { lists: 'b' } },
      { 'a.bin': { lists: 'other' } },
    );

  test('are an error that names both, and leaves nothing', async () => {
    const mirrors = (await disagreeing()).slice(0, 2);
    const { error } = await pull(mirrors);

    expect(error?.code).toBe('integrity');
    expect(error?.message).toMatch(/disagree/);
    const text = `${error?.where} ${error?.expected} ${error?.found}`;
    expect(text).toContain(md5('right'));
    expect(text).toContain(md5('other'));
    for (const mirror of mirrors) {
      expect(text).toContain(mirror);
      expect(error?.message).toContain(mirror);
    }
    expect(error?.hint).toContain('lock');
    expect(existsSync(room.destination)).toBe(false);
  });

  test('what they agree on stays: the next run fetches only the rest', async () => {
    const mirrors = await disagreeing();
    await pull(mirrors, { artifacts: 'path:*.bin' });
    const { error, report } = await pull(mirrors, { artifacts: 'path:b.bin' });
    expect(error).toBeUndefined();
    expect(report.bytes).toMatchObject({ mirror: 0, store: 1 });
  });

  test('a lock decides', async () => {
    const { lockFile } = room;
    const [first = '', second = '', honest = ''] = await disagreeing();
    expect((await pull([honest], { lockFile })).error).toBeUndefined();

    const { error, report } = await pull([first, second], {
      lockFile,
      path: join(room.folder, 'fresh'),
      store: { folder: join(room.folder, 'fresh-store'), lifetime: 'persistent' },
    });
    expect(error).toBeUndefined();
    expect(report.artifacts[0]?.files[0]).toMatchObject({
      sha256: sha256('other'),
      verifiedBy: 'lock',
    });
  });
});
