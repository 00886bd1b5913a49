import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../../../support/faulty-proxy.ts';
import { expectSound, packOf, reasonOf, statuses } from '../../../support/s3-contract.ts';
import { type StandIn, startStandIn } from '../../../support/s3-stand-in.ts';
import {
  BUCKET,
  type CacheSettings,
  MEBIBYTE,
  openS3Workbench,
  type S3Workbench,
} from '../../../support/s3-workbench.ts';

const KEYS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret/+=0123456789' };

let server: StandIn;
let proxy: FaultyProxy;
let bench: S3Workbench;

beforeAll(async () => {
  server = await startStandIn({
    buckets: [BUCKET],
    keys: { [KEYS.accessKeyId]: KEYS.secretAccessKey },
    page: 3,
  });
  proxy = await startFaultyProxy(server.endpoint);
  bench = await openS3Workbench({ endpoint: server.endpoint, ...KEYS });
});
afterEach(() => {
  proxy.rule = () => undefined;
  proxy.asked.splice(0);
});
afterAll(async () => {
  bench.close();
  await proxy.stop();
  await server.stop();
});

const cache = (settings: CacheSettings = {}) =>
  bench.cache({ endpoint: proxy.endpoint, ...settings });
/** Who asked: `tfcache` or `aws-sdk-js`, once each time it changes. */
const agents = () =>
  proxy.asked
    .map(({ agent }) => agent.replace(/\/.*$/s, ''))
    .filter((one, at, all) => one !== all[at - 1]);

async function saved(name: string) {
  const pack = packOf(name, bench.addContent(3 * MEBIBYTE));
  await bench.save([pack]);
  return pack;
}

it('reads the index and restores without the SDK', async () => {
  const settings = { parameters: '&scope=alone', random: () => 0.9 };
  const packs = ['a', 'b', 'c', 'd'].map((one) => packOf(one, bench.addContent(2 * MEBIBYTE)));
  await bench.save(packs, bench.cache(settings));
  for (const pack of packs) {
    await bench.cache(settings).writeIndex({ packs: [pack], files: [] }, '');
  }
  const one = cache(settings);
  expect((await one.readIndex('')).index.packs).toHaveLength(4);
  expectSound(await bench.restore(packs, one));
  const gone = packOf('gone', bench.addContent(1));
  expect(statuses(await bench.restore([gone], one))).toEqual(['missing']);
  expect(agents()).toEqual(['tfcache']);
  expect(proxy.asked.filter(({ path }) => path.includes('continuation-token='))).toHaveLength(1);
});

it('sends the token of temporary keys', async () => {
  const pack = await saved('token');
  const environment = bench.environment({ AWS_SESSION_TOKEN: 'a/token+with=signs' });
  server.seen.splice(0);
  expectSound(await bench.restore([pack], cache({ environment })));
  const tokens = server.seen.map(({ headers }) => headers['x-amz-security-token']);
  expect(new Set(tokens)).toEqual(new Set(['a/token+with=signs']));
  expect(agents()).toEqual(['tfcache']);
});

it('takes keys that were pasted with a line break', async () => {
  const pack = await saved('pasted');
  const environment = bench.environment({
    AWS_ACCESS_KEY_ID: `${KEYS.accessKeyId}\n`,
    AWS_SECRET_ACCESS_KEY: ` ${KEYS.secretAccessKey}\r\n`,
  });
  expectSound(await bench.restore([pack], cache({ environment })));
  const fresh = packOf('pasted-2', bench.addContent(10));
  expect(statuses(await bench.save([fresh], cache({ environment })))).toEqual(['saved']);
});

it('leaves all to the SDK once the store refuses', async () => {
  const pack = await saved('refused');
  proxy.rule = ({ agent }) =>
    agent.startsWith('tfcache') ? { status: 403, code: 'SignatureDoesNotMatch' } : undefined;
  expectSound(await bench.restore([pack], cache({ maxDownloads: 1 })));
  expect(agents()).toEqual(['tfcache', 'aws-sdk-js']);
  expect(proxy.asked).toHaveLength(4);
});

it('leaves a request to the SDK when the store has too much to do, or breaks off', async () => {
  const pack = await saved('busy');
  for (const fault of [{ status: 503, code: 'SlowDown' }, { status: 500 }, { cutAfter: 0 }]) {
    proxy.asked.splice(0);
    proxy.rule = ({ range }) =>
      range === 'bytes=1048576-2097151' && proxy.asked.length === 2 ? fault : undefined;
    expectSound(await bench.restore([pack], cache({ maxDownloads: 1 })));
    expect(proxy.asked).toHaveLength(4);
    expect(proxy.asked[0]?.agent).toMatch(/^tfcache/);
    expect(proxy.asked[3]?.agent).toMatch(/^tfcache/);
  }
});

it('believes no page that is none', async () => {
  const settings = { parameters: '&scope=page', random: () => 0.9 };
  const pack = packOf('page', bench.addContent(1));
  await bench.cache(settings).writeIndex({ packs: [pack], files: [] }, '');
  proxy.rule = ({ agent, path }) =>
    agent.startsWith('tfcache') && path.includes('list-type') ? { status: 200 } : undefined;
  expect((await cache(settings).readIndex('')).index.packs).toHaveLength(1);
});

it('does not ask by itself where more than keys and an endpoint is needed', async () => {
  const pack = await saved('profile');
  const environment = bench.environment({ AWS_PROFILE: 'there-is-none' });
  const [outcome] = await bench.restore([pack], cache({ environment }));
  expect(outcome?.status).toBe('failed');
  expect(reasonOf(outcome)).not.toContain(KEYS.secretAccessKey);
  expect(proxy.asked).toEqual([]);
});
