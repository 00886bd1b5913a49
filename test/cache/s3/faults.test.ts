import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnswerFault,
  type Asked,
  type FaultyProxy,
  startFaultyProxy,
} from '../../support/faulty-proxy.ts';
import { expectSound, packOf, reasonOf, statuses } from '../../support/s3-contract.ts';
import { type StandIn, startStandIn } from '../../support/s3-stand-in.ts';
import {
  BUCKET,
  type CacheSettings,
  MEBIBYTE,
  openS3Workbench,
  type S3Workbench,
} from '../../support/s3-workbench.ts';

const KEYS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
/** Milliseconds; long enough for a loaded machine, short enough for a test. */
const IDLE_TIMEOUT_MS = 700;

let server: StandIn;
let proxy: FaultyProxy;
let bench: S3Workbench;

beforeAll(async () => {
  server = await startStandIn({
    buckets: [BUCKET],
    keys: { [KEYS.accessKeyId]: KEYS.secretAccessKey },
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

/** Spoils the first `times` answers to requests for ranges of objects. */
function spoilRanges(fault: AnswerFault, times = Number.POSITIVE_INFINITY, which = /./) {
  let left = times;
  proxy.rule = (asked) => {
    if (!isRange(asked) || !which.test(asked.range ?? '') || left <= 0) return undefined;
    left -= 1;
    return fault;
  };
}

const isRange = (asked: Asked) => asked.method === 'GET' && asked.range !== undefined;
const ranges = () =>
  proxy.asked.filter(isRange).map(({ range }) => (range ?? '').replace('bytes=', ''));

async function saved(name: string, size: number) {
  const pack = packOf(name, bench.addContent(size));
  await bench.save([pack]);
  return pack;
}

it('requests a missing object once', async () => {
  const packs = ['none-1', 'none-2', 'none-3'].map((one) => packOf(one, bench.addContent(10)));
  expect(new Set(statuses(await bench.restore(packs, cache())))).toEqual(new Set(['missing']));
  expect(proxy.asked).toHaveLength(3);
});

describe('a range whose connection is closed', () => {
  it('is resumed at the byte where it ended', async () => {
    const pack = await saved('cut', 3 * MEBIBYTE);
    spoilRanges({ cutAfter: 300_001 }, 1, /^bytes=1048576-/);
    expectSound(await bench.restore([pack], cache()));
    expect(ranges().sort()).toEqual([
      '0-1048575',
      '1048576-2097151',
      `${1048576 + 300_001}-2097151`,
      '2097152-3145727',
    ]);
  });

  it('is resumed as long as there is progress', async () => {
    const pack = await saved('cut-often', 2 * MEBIBYTE);
    spoilRanges({ cutAfter: 150_000 });
    expectSound(await bench.restore([pack], cache()));
    expect(ranges().length).toBeGreaterThan(12);
  });

  it('fails if there is no more progress', async () => {
    const pack = await saved('cut-at-once', MEBIBYTE);
    spoilRanges({ cutAfter: 0 });
    const [outcome] = await bench.restore([pack], cache());
    expect(outcome?.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(/closed the connection|ended early/);
    expect(ranges().length).toBeLessThan(20);
  });

  it('does not delay other packs', async () => {
    const pack = await saved('first', 4 * MEBIBYTE);
    spoilRanges({ stallAfter: 200_000 }, 1, /^bytes=0-/);
    expectSound(await bench.restore([pack], cache({ idleTimeoutMs: IDLE_TIMEOUT_MS })));
    expect(ranges().at(-1)).toBe('200000-1048575');
    expect(ranges()).toHaveLength(5);
  });

  it('is resumed between and within small files', async () => {
    const contents = Array.from({ length: 40 }, (_, at) => bench.addContent(30_000 + at));
    const pack = packOf('cut-small', ...contents);
    await bench.save([pack]);
    spoilRanges({ cutAfter: 123_457 }, 3);
    expectSound(await bench.restore([pack], cache()));
  });
});

describe('a slow store', () => {
  it('that does not respond is requested again', async () => {
    const pack = await saved('stall', 2 * MEBIBYTE);
    spoilRanges({ stallAfter: 200_000 }, 1);
    expectSound(await bench.restore([pack], cache({ idleTimeoutMs: IDLE_TIMEOUT_MS })));
    expect(ranges()).toContain('200000-1048575');
  });

  it('that is too slow is requested again, and fails in the end', async () => {
    const pack = await saved('drip', MEBIBYTE);
    spoilRanges({ dripAfter: 100_000 }, 1);
    expectSound(await bench.restore([pack], cache({ idleTimeoutMs: IDLE_TIMEOUT_MS })));
    spoilRanges({ dripAfter: 0 });
    const [outcome] = await bench.restore([pack], cache({ idleTimeoutMs: IDLE_TIMEOUT_MS }));
    expect(outcome?.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(/less than 65536 bytes in 0.7 s/);
  });

  it('that responds late is awaited', async () => {
    const pack = await saved('slow', 3 * MEBIBYTE);
    spoilRanges({ delay: 300 });
    expectSound(await bench.restore([pack], cache({ idleTimeoutMs: 2000 })));
    expect(ranges()).toHaveLength(3);
  });
});

describe('a store that behaves differently', () => {
  it('may ignore ranges', async () => {
    const pack = await saved('no-ranges', 3 * MEBIBYTE);
    const again = await saved('no-ranges-2', 3 * MEBIBYTE);
    server.ignoreRanges = true;
    try {
      expectSound(await bench.restore([pack], cache()));
      expect(ranges()).toEqual(['0-1048575']);
      // Cut short, all comes once more, and what is there already is skipped.
      spoilRanges({ cutAfter: 1_500_000 }, 2);
      expectSound(await bench.restore([again], cache()));
    } finally {
      server.ignoreRanges = false;
    }
  });

  it('may send less than requested', async () => {
    const pack = await saved('less', 3 * MEBIBYTE);
    server.longestRange = 100_000;
    try {
      expectSound(await bench.restore([pack], cache()));
      expect(ranges()).toContain('100000-1048575');
      // So little at a time is as good as nothing.
      server.longestRange = 1000;
      const [outcome] = await bench.restore([pack], cache());
      expect(reasonOf(outcome)).toMatch(/ended early/);
    } finally {
      server.longestRange = Number.POSITIVE_INFINITY;
    }
  });

  it('may send responses without a length', async () => {
    const pack = await saved('chunked', 3 * MEBIBYTE);
    proxy.rule = (asked) => (isRange(asked) ? { chunked: true } : undefined);
    expectSound(await bench.restore([pack], cache()));
    // The first is asked for twice: only its answer tells.
    expect(ranges().filter((range) => range === '0-1048575')).toHaveLength(2);
    expect(ranges()).toHaveLength(4);
  });

  it('may support no conditional writes', async () => {
    proxy.rule = ({ conditional }) =>
      conditional ? { status: 501, code: 'NotImplemented' } : undefined;
    const packs = [
      packOf('plain-one', bench.addContent(10)),
      packOf('plain-parts', bench.addContent(6 * MEBIBYTE)),
    ];
    expect(statuses(await bench.save(packs, cache()))).toEqual(['saved', 'saved']);
    proxy.rule = () => undefined;
    expectSound(await bench.restore(packs, cache()));
    expect(server.uploads.size).toBe(0);
  });

  it('may be behind a proxy of the environment', async () => {
    const pack = await saved('proxy', 2 * MEBIBYTE);
    // A request in absolute form, as proxies get it, is what tells that the proxy was asked.
    const environment = bench.environment({ HTTP_PROXY: proxy.endpoint });
    const outcomes = await bench.restore([pack], bench.cache({ environment }));
    expectSound(outcomes);
    expect(proxy.asked.some(({ path }) => path.startsWith('http://127.0.0.1:'))).toBe(true);
  });
});

describe('a save that fails midway', () => {
  it('deletes its parts', async () => {
    proxy.rule = ({ method, path }) =>
      method === 'PUT' && path.includes('partNumber=2')
        ? { status: 500, code: 'InternalError' }
        : undefined;
    const pack = packOf('parts', bench.addContent(16 * MEBIBYTE));
    const [outcome] = await bench.save([pack], cache());
    expect(outcome?.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(/500 InternalError/);
    expect(server.uploads.size).toBe(0);
    expect(statuses(await bench.restore([pack]))).toEqual(['missing']);
  });

  it('retries a part', async () => {
    proxy.rule = ({ method, path, earlier }) =>
      method === 'PUT' && path.includes('partNumber=2') && earlier === 0
        ? { status: 503, code: 'SlowDown' }
        : undefined;
    const pack = packOf('parts-again', bench.addContent(16 * MEBIBYTE));
    expect(statuses(await bench.save([pack], cache()))).toEqual(['saved']);
    expectSound(await bench.restore([pack]));
  });

  it('fails if the store responds with 200 and an error', async () => {
    proxy.rule = ({ method, path }) =>
      method === 'POST' && path.includes('uploadId=')
        ? { status: 200, code: 'InternalError' }
        : undefined;
    const pack = packOf('not-ok', bench.addContent(6 * MEBIBYTE));
    const [outcome] = await bench.save([pack], cache());
    expect(outcome?.status).toBe('failed');
    expect(server.uploads.size).toBe(0);
  });

  it("looks again when two writers got in each other's way", async () => {
    const packs = [
      packOf('conflict-one', bench.addContent(10)),
      packOf('conflict-parts', bench.addContent(6 * MEBIBYTE)),
    ];
    const conflict = { status: 409, code: 'ConditionalRequestConflict' };
    proxy.rule = ({ conditional }) => (conditional ? conflict : undefined);
    const outcomes = await bench.save(packs, cache());
    expect(statuses(outcomes)).toEqual(['failed', 'failed']);
    expect(reasonOf(outcomes[0])).toMatch(/at the same time/);
    proxy.rule = ({ conditional }) =>
      conditional ? { ...conflict, before: async () => void (await bench.save(packs)) } : undefined;
    expect(statuses(await bench.save(packs, cache()))).toEqual(['already-saved', 'already-saved']);
    expect(server.uploads.size).toBe(0);
  });

  it('succeeds if only the response to its last request was lost', async () => {
    proxy.rule = ({ method, path, earlier }) =>
      method === 'POST' && path.includes('uploadId=') && earlier === 0
        ? { cutAfter: 0 }
        : undefined;
    const pack = packOf('lost-answer', bench.addContent(6 * MEBIBYTE));
    expect(statuses(await bench.save([pack], cache()))).toEqual(['already-saved']);
    const completions = proxy.asked.filter(
      ({ method, path }) => method === 'POST' && path.includes('uploadId='),
    );
    expect(completions).toHaveLength(2);
    expectSound(await bench.restore([pack]));
  });

  it('fails if its upload is gone and no object exists', async () => {
    proxy.rule = ({ method, path }) =>
      method === 'POST' && path.includes('uploadId=')
        ? { status: 404, code: 'NoSuchUpload' }
        : undefined;
    const pack = packOf('lost-upload', bench.addContent(6 * MEBIBYTE));
    expect(statuses(await bench.save([pack], cache()))).toEqual(['failed']);
  });

  it('fails if a file has changed', async () => {
    const content = bench.addContent(100);
    const pack = packOf('shrunk', { ...content, size: 101 });
    const [outcome] = await bench.save([pack], cache());
    expect(reasonOf(outcome)).toMatch(/shorter than when it was verified/);
  });

  it('sends nothing that exists', async () => {
    const pack = await saved('there', 6 * MEBIBYTE);
    expect(statuses(await bench.save([pack], cache()))).toEqual(['already-saved']);
    expect(proxy.asked.map(({ method }) => method)).toEqual(['HEAD']);
  });
});

describe('a store that fails', () => {
  it('receives no more requests once it is overloaded', async () => {
    proxy.rule = () => ({ status: 503, code: 'SlowDown' });
    const packs = Array.from({ length: 40 }, (_, at) => packOf(`busy-${at}`, bench.addContent(10)));
    const outcomes = await bench.restore(packs, cache());
    expect(new Set(outcomes.map(reasonOf))).toEqual(
      new Set(['the store is overloaded (503 SlowDown), also after retries']),
    );
    // Those under way when it became known: each asked directly, then four times by the SDK.
    expect(proxy.asked.length).toBeLessThanOrEqual(16 * 5);
  });

  it.each([
    [
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-north-1' } },
      /bucket is in eu-north-1.*set region=eu-north-1/,
    ],
    [{ status: 403, code: 'AccessDenied' }, /do not permit this \(403 AccessDenied\)/],
    [{ status: 403, code: 'ExpiredToken' }, /credentials have expired/],
    [{ status: 400, code: 'AuthorizationHeaderMalformed' }, /is not in the requested region/],
    [{ status: 404, code: 'NoSuchBucket' }, /there is no bucket tfcache-test/],
  ])('is reported with its reason: %j', async (fault, words) => {
    proxy.rule = () => fault;
    const pack = packOf('why', bench.addContent(10));
    const [outcome] = await bench.restore([pack], cache());
    expect(outcome?.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(words);
    expect((await cache().readIndex('')).reason).toMatch(words);
    expect((await cache().writeIndex({ packs: [], files: [] }, '')).reason).toMatch(words);
    expect(['failed', 'denied']).toContain((await bench.save([pack], cache()))[0]?.status);
  });

  it('is quoted without secrets, in messages of any length', async () => {
    const { secretAccessKey } = KEYS;
    for (const before of [0, 270, 280, 290, 380, 395, 5000]) {
      const code = `${'Odd'.repeat(before / 3)} ${secretAccessKey} ${KEYS.accessKeyId}`;
      proxy.rule = () => ({ status: 400, code });
      const [outcome] = await bench.restore([packOf('quoted', bench.addContent(10))], cache());
      const said = `${reasonOf(outcome)} ${bench.log.lines.join(' ')}`;
      expect(said).toContain('Odd'.repeat(Math.min(before / 3, 20)));
      for (const secret of [secretAccessKey, KEYS.accessKeyId]) {
        expect(said).not.toContain(secret.slice(0, 8));
      }
    }
  });

  it('is reported if the clocks differ', async () => {
    proxy.rule = () => ({ status: 403, code: 'RequestTimeTooSkewed' });
    const pack = packOf('clock', bench.addContent(10));
    expect(reasonOf((await bench.restore([pack], cache()))[0])).toMatch(/clock/);
  });

  it('is reported if the port is closed or the host unknown', async () => {
    const pack = packOf('nobody', bench.addContent(10));
    for (const [endpoint, words] of [
      ['http://127.0.0.1:9', /127.0.0.1:9 is unreachable \(ECONNREFUSED\)/],
      ['http://no-such-host.invalid', /host of http:\/\/no-such-host.invalid was not found/],
    ] as const) {
      const [outcome] = await bench.restore([pack], bench.cache({ endpoint }));
      expect(reasonOf(outcome)).toMatch(words);
    }
  });

  it('is reported if there are no credentials', async () => {
    const environment = { AWS_EC2_METADATA_DISABLED: 'true' };
    const before = process.env['AWS_EC2_METADATA_DISABLED'];
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    try {
      const [outcome] = await bench.restore(
        [packOf('none', bench.addContent(1))],
        cache({ environment }),
      );
      expect(reasonOf(outcome)).toMatch(/no credentials were found/);
    } finally {
      if (before === undefined) delete process.env['AWS_EC2_METADATA_DISABLED'];
      else process.env['AWS_EC2_METADATA_DISABLED'] = before;
    }
  });
});

describe('an index that changes during a read', () => {
  it('is read again if entries were combined meanwhile', async () => {
    const settings = { parameters: '&scope=moving' };
    const packs = Array.from({ length: 17 }, (_, at) =>
      packOf(`moving-${at}`, bench.addContent(at + 1)),
    );
    for (const pack of packs) {
      await cache({ ...settings, random: () => 0.9 }).writeIndex({ packs: [pack], files: [] }, '');
    }
    let combined: Promise<unknown> | undefined;
    proxy.rule = ({ method, path }) => {
      if (method !== 'GET' || !path.includes('.jsonl')) return undefined;
      // After the list, before the first entry.
      combined ??= bench
        .cache({ ...settings, random: () => 0 })
        .writeIndex({ packs: [], files: [] }, '');
      const last = combined;
      return { before: async () => void (await last) };
    };
    const { index, reason } = await cache(settings).readIndex('');
    expect(reason).toBeUndefined();
    expect(index.packs).toHaveLength(17);
  });

  it('is read completely although connections are closed', async () => {
    const settings = { parameters: '&scope=cut-entries', random: () => 0.9 };
    const packs = [1, 2, 3].map((one) => packOf(`cut-entry-${one}`, bench.addContent(one)));
    for (const pack of packs) {
      await cache(settings).writeIndex({ packs: [pack], files: [] }, '');
    }
    proxy.rule = ({ method, path, earlier }) =>
      method === 'GET' && path.includes('.jsonl') && earlier === 0 ? { cutAfter: 20 } : undefined;
    expect((await cache(settings).readIndex('')).index.packs).toHaveLength(3);
  });

  it('skips unusable entries, and deletes them when combining', async () => {
    const settings = { parameters: '&scope=garbage', random: () => 0.9 };
    const packs = Array.from({ length: 8 }, (_, at) =>
      packOf(`garbage-${at}`, bench.addContent(at + 1)),
    );
    const [first, ...more] = packs;
    if (first === undefined) throw new Error('no pack');
    await cache(settings).writeIndex({ packs: [first], files: [] }, '');
    const entries = async () =>
      (await bench.keys()).filter((one) => one.includes('/garbage/index/'));
    const [key = ''] = await entries();
    const spoilt = ['', 'x', '{}\n{}', '{"format":"tfcache-s3-index","version":2,"forget":[]}\n{}'];
    for (const [at, text] of spoilt.entries()) {
      const name = `000000000000${at}-${randomUUID()}-one.jsonl`;
      await bench.put(key.replace(/[^/]*$/, name), Buffer.from(text));
    }
    const { index } = await cache(settings).readIndex('');
    expect(index.packs.map((one) => one.key)).toEqual([first.key]);

    for (const pack of more) await cache(settings).writeIndex({ packs: [pack], files: [] }, '');
    await cache({ ...settings, random: () => 0 }).writeIndex({ packs: [], files: [] }, '');
    const left = await entries();
    expect(left.map((one) => one.replace(/^.*-/, ''))).toEqual(['all.jsonl']);
    expect((await cache(settings).readIndex('')).index.packs).toHaveLength(8);
  });

  it('is not combined while an entry cannot be read', async () => {
    const settings = { parameters: '&scope=unread', random: () => 0.9 };
    const packs = Array.from({ length: 9 }, (_, at) =>
      packOf(`unread-${at}`, bench.addContent(at + 1)),
    );
    for (const pack of packs) await cache(settings).writeIndex({ packs: [pack], files: [] }, '');
    const entries = async () =>
      (await bench.keys()).filter((one) => one.includes('/unread/index/'));
    const [denied = ''] = await entries();
    proxy.rule = ({ method, path }) =>
      method === 'GET' && path.includes(denied) ? { status: 403, code: 'AccessDenied' } : undefined;
    await cache({ ...settings, random: () => 0 }).writeIndex({ packs: [], files: [] }, '');
    expect(await entries()).toHaveLength(10);
    expect((await cache(settings).readIndex('')).index.packs).toHaveLength(8);
  });

  it('reserves at most the bytes of an index at once', async () => {
    const settings = { parameters: '&scope=roomy', random: () => 0.9 };
    const pack = packOf('roomy', bench.addContent(1));
    await cache(settings).writeIndex({ packs: [pack], files: [] }, '');
    const [key = ''] = (await bench.keys()).filter((one) => one.includes('/roomy/index/'));
    const large = Buffer.alloc(30 * MEBIBYTE, 'x');
    const names = [0, 1, 2].map((at) => `000000000000${at}-${randomUUID()}-one.jsonl`);
    for (const name of names) await bench.put(key.replace(/[^/]*$/, name), large);
    proxy.asked.splice(0);
    // Their answers come after all that is asked for at once.
    proxy.rule = ({ method }) => (method === 'GET' ? { delay: 200 } : undefined);
    const { index } = await cache(settings).readIndex('');
    expect(index.packs.map((one) => one.key)).toEqual([pack.key]);
    const asked = names.map((name) => proxy.asked.some(({ path }) => path.includes(name)));
    expect(asked).toEqual([true, true, false]);
  });
});
