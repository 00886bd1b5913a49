import { describe, expect, test } from 'vitest';
import { TOP, useHostileBench } from '../../support/hostile-bench.ts';
import type { WireEntry } from '../../support/hostile-daemon.ts';
import { rejectionOf } from '../../support/thrown.ts';

const MIB = 1024 * 1024;
const hostile = useHostileBench();

describe('too much of it', () => {
  test('a listing of a million names: taken in, with bounded memory', async () => {
    function* million(): Iterable<WireEntry> {
      yield TOP;
      for (let index = 0; index < 1_000_000; index += 1) yield { name: `n${index}`, size: 5 };
    }
    const mirror = await hostile.mirror({ entries: million() }, { timeout: 60 });
    const before = process.memoryUsage().rss;
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed).toHaveLength(1_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * MIB);
  }, 120_000);

  test('a listing without end: rsync is ended before it takes all memory', async () => {
    const long = 'x'.repeat(3000);
    function* endless(): Iterable<WireEntry> {
      yield TOP;
      for (let index = 0; ; index += 1) yield { name: `${index}${long}`, size: 5 };
    }
    const limits = { timeout: 60, memoryLimit: 100 * MIB };
    const mirror = await hostile.mirror({ entries: endless() }, limits);
    const error = await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/took too much memory/),
    });
  }, 120_000);

  test('a message of the day without end', async () => {
    const line = Buffer.from(`${'welcome '.repeat(100)}\n`);
    function* endless() {
      for (;;) yield line;
    }
    const mirror = await hostile.mirror({ entries: [], before: endless() }, { timeout: 0.5 });
    const error = await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(error.code).toMatch(/^(no-mirror|configuration)$/);
  }, 60_000);

  test('messages without end are not kept', async () => {
    const messages = Array.from({ length: 20_000 }, (_, index) => ({
      kind: 3,
      text: `::error::line ${index} ${'y'.repeat(200)}\n`,
    }));
    const mirror = await hostile.mirror({
      entries: [TOP],
      messages,
      garbage: Buffer.alloc(100, 0xfe),
    });
    const error = await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(error.found?.length).toBeLessThan(1200);
    expect(error.found).not.toMatch(/\p{Cc}/u);
  });
});
