import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSiteStatus } from '../../../src/probe/status/formats.ts';
import { evaluateStatus } from '../../../src/probe/status/freshness.ts';
import { parseMirrorz } from '../../../src/probe/status/mirrorz.ts';
import { parseTrace } from '../../../src/probe/status/trace.ts';
import { parseTunasync } from '../../../src/probe/status/tunasync.ts';
import { parseYuki } from '../../../src/probe/status/yuki.ts';
import { NOW } from '../../support/probing.ts';
import { traceText } from '../../support/trace.ts';

const DAY = 86_400;
const LIMIT = { nowSeconds: NOW, staleAfterDays: 7 };

function job(values: Record<string, unknown>) {
  return {
    name: 'tensorflow',
    is_master: true,
    status: 'success',
    last_update: '2026-11-22 08:00:00 +0000',
    last_update_ts: NOW - 3600,
    last_ended_ts: NOW - 3600,
    upstream: 'https://storage.googleapis.com/tensorflow/',
    size: '1.5T',
    ...values,
  };
}

describe('tunasync', () => {
  it('takes the last success, not the last end', () => {
    const json = [job({ status: 'failed', last_update_ts: NOW - 30 * DAY, last_ended_ts: NOW })];
    expect(parseTunasync(json)).toEqual([
      { name: 'tensorflow', lastSuccess: NOW - 30 * DAY, state: 'failed' },
    ]);
  });

  it.each([
    ['the year 1', -62_135_596_800],
    ['the epoch', 0],
    ['a day of 2000', Date.UTC(2000, 5, 1) / 1000],
    ['nothing', undefined],
    ['out of any calendar', 1e300],
  ])('takes %s for never', (_name, last_update_ts) => {
    expect(parseTunasync([job({ last_update_ts })])[0]).toMatchObject({
      lastSuccess: undefined,
      state: 'never',
    });
  });

  it('takes 2001 for a time', () => {
    const time = Date.UTC(2001, 0, 2) / 1000;
    expect(parseTunasync([job({ last_update_ts: time })])[0]?.lastSuccess).toBe(time);
  });

  it.each(['syncing', 'pre-syncing', 'paused', 'disabled', 'none', 'brand-new'])(
    'reads a job that is %s',
    (status) => {
      const [entry] = parseTunasync([job({ status })]);
      expect(entry?.lastSuccess).toBe(NOW - 3600);
      expect(entry?.state).not.toBe('success');
    },
  );
});

describe('MirrorZ', () => {
  const site = (status: string, more = {}) => ({
    version: 1.7,
    site: { url: 'https://mirror.example', abbr: 'EX' },
    info: [],
    mirrors: [{ cname: 'tensorflow', url: '/tensorflow', status, ...more }],
  });

  it.each([
    ['S1795330000', 1_795_330_000, 'success'],
    ['S1795330000X1795400000', 1_795_330_000, 'success'],
    ['Y1795330000O1795000000', 1_795_000_000, 'syncing'],
    ['F1795330000O1795000000X1795400000', 1_795_000_000, 'failed'],
    ['P1795330000', undefined, 'paused'],
    ['D1795330000O1795000000', 1_795_000_000, 'pending'],
    ['S', undefined, 'success'],
    ['C', undefined, 'unknown'],
    ['U', undefined, 'unknown'],
    ['', undefined, 'unknown'],
    ['S0', undefined, 'success'],
  ])('reads %j', (status, lastSuccess, state) => {
    expect(parseMirrorz(site(status))).toEqual([{ name: 'tensorflow', lastSuccess, state }]);
  });

  it('knows a mirror by its address too, where that differs', () => {
    const entries = parseMirrorz(site('S1795330000', { cname: 'TensorFlow', url: '/tf/' }));
    expect(entries.map(({ name }) => name)).toEqual(['TensorFlow', 'tf']);
  });
});

describe('Yuki', () => {
  const meta = (values: object) => ({
    name: 'tensorflow',
    upstream: 'rsync://up.example/',
    syncing: false,
    size: 12,
    exitCode: 0,
    lastSuccess: NOW - 3600,
    updatedAt: NOW,
    prevRun: NOW - 7200,
    nextRun: NOW + 7200,
    ...values,
  });

  it.each([
    [{}, NOW - 3600, 'success'],
    [{ exitCode: 23 }, NOW - 3600, 'failed'],
    [{ syncing: true, exitCode: 23 }, NOW - 3600, 'syncing'],
    [{ lastSuccess: 0 }, undefined, 'never'],
    [{ lastSuccess: -62_135_596_800 }, undefined, 'never'],
    [{ lastSuccess: '2026-11-22T08:00:00Z' }, NOW - 3600, 'success'],
    [{ lastSuccess: '0001-01-01T00:00:00Z' }, undefined, 'never'],
    [{ lastSuccess: 'yesterday' }, undefined, 'never'],
  ])('reads %j', (values, lastSuccess, state) => {
    expect(parseYuki([meta(values)])).toEqual([{ name: 'tensorflow', lastSuccess, state }]);
  });
});

describe('any status', () => {
  it('is told apart by its form', () => {
    expect(parseSiteStatus(JSON.stringify([job({})]))?.[0]?.state).toBe('success');
    expect(
      parseSiteStatus(JSON.stringify([{ name: 'x', syncing: true, lastSuccess: NOW }]))?.[0]?.state,
    ).toBe('syncing');
    expect(
      parseSiteStatus(JSON.stringify({ mirrors: [{ cname: 'x', status: 'S1795330000' }] })),
    ).toHaveLength(1);
  });

  it.each(['', '<html>', '{}', 'null', '"x"', '[1]', '[{"name":1}]', '{"mirrors":{}}'])(
    'is not seen in %j',
    (text) => {
      expect(parseSiteStatus(text)).toBeUndefined();
    },
  );

  it('never throws, whatever JSON a host serves', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        parseSiteStatus(text);
      }),
    );
  });
});

describe('the judgement', () => {
  const entry = (age: number) => [
    { name: 'tensorflow', lastSuccess: NOW - age, state: 'success' as const },
  ];
  const judge = (entries: Parameters<typeof evaluateStatus>[0], limit = LIMIT) =>
    evaluateStatus(entries, 'tensorflow', 'https://m.example/s.json', limit);

  it('draws the line at the limit of days', () => {
    expect(judge(entry(7 * DAY)).state).toBe('fresh');
    expect(judge(entry(7 * DAY + 1)).state).toBe('stale');
    expect(judge(entry(7 * DAY + 1), { ...LIMIT, staleAfterDays: 30 }).state).toBe('fresh');
  });

  it('tells an absent name from one that never synced', () => {
    expect(judge([]).state).toBe('not-carried');
    expect(judge(parseTunasync([job({ last_update_ts: 0 })])).state).toBe('never');
    expect(judge([{ name: 'tensorflow', lastSuccess: undefined, state: 'unknown' }]).state).toBe(
      'unknown',
    );
  });

  it('takes the very name before one of other capitals', () => {
    const named = { name: 'TensorFlow', lastSuccess: NOW - 99 * DAY, state: 'success' as const };
    expect(judge([named, ...entry(1)]).state).toBe('fresh');
    expect(judge([named]).state).toBe('stale');
  });
});

describe('a trace', () => {
  it('is read as it was written', () => {
    const finished = new Date(NOW * 1000).toISOString();
    expect(parseTrace(traceText({ finished, upstream: 'rsync://up/', files: 3 }))).toBe(NOW);
  });

  it.each([
    '{"format":"tfcache-trace/2","finished":"2026-11-22T09:00:00Z"}',
    '{"format":"tfcache-trace/1"}',
    '{"format":"tfcache-trace/1","finished":"soon"}',
    'Sun Nov 22 09:00:00 UTC 2026',
  ])('of another form is refused: %s', (text) => {
    expect(() => parseTrace(text)).toThrow();
  });
});
