import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asked, content, TOP, useHostileBench } from '../../support/hostile-bench.ts';
import { everythingIn, fetchInto } from '../../support/rsync-workbench.ts';
import { rejectionOf } from '../../support/thrown.ts';

const MIB = 1024 * 1024;
const hostile = useHostileBench();

describe('content that lies', () => {
  test('more bytes than the list said', async () => {
    const mirror = await hostile.mirror({
      entries: [{ name: 'a', size: 5 }],
      content: () => [Buffer.alloc(3 * MIB, 'x')],
    });
    const outcome = await fetchInto(mirror, asked('a'), hostile.staging()).catch(
      (error: Error) => error,
    );
    // rsync takes a file that grew meanwhile; the digest and the second listing decide on it.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'no-mirror' });
    else expect(lstatSync(join(hostile.staging(), 'a')).size).toBe(3 * MIB);
  });

  test('fewer bytes than the list said', async () => {
    const mirror = await hostile.mirror({ entries: [{ name: 'a', size: 10 * MIB }], content });
    const outcome = await fetchInto(mirror, asked('a'), hostile.staging()).catch(
      (error: Error) => error,
    );
    if (!(outcome instanceof Error)) expect(lstatSync(join(hostile.staging(), 'a')).size).toBe(5);
  });

  test('a length below nothing', async () => {
    const mirror = await hostile.mirror({ entries: [TOP, { name: 'a', size: -7 }] });
    const outcome = await mirror.listTree('tensorflow', '').catch((error: Error) => error);
    if (!(outcome instanceof Error)) expect(outcome).toEqual([]);
  });

  test('data without end for a small file is cut off', async () => {
    const chunk = Buffer.alloc(32 * 1024, 'x');
    function* endless() {
      for (;;) yield chunk;
    }
    const mirror = await hostile.mirror({ entries: [{ name: 'a', size: 5 }], content: endless });
    const error = await rejectionOf(fetchInto(mirror, asked('a'), hostile.staging()));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('more than it listed'),
    });
    expect(hostile.bench.pauses).toEqual([]);
    const left = everythingIn(hostile.staging()).map(
      (path) => lstatSync(join(hostile.staging(), path)).size,
    );
    expect(Math.max(0, ...left)).toBeLessThan(1024 * MIB);
  });

  test('another file than the one that was asked for', async () => {
    const { outcome, there } = await hostile.attempt(
      { entries: [{ name: 'a', size: 5 }], content, answerAs: () => 77 },
      ['a'],
    );
    expect(outcome).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('no honest rsync daemon sends'),
    });
    expect(there).toEqual([]);
  });

  test('bytes that are no protocol', async () => {
    const { outcome, there } = await hostile.attempt(
      { entries: [{ name: 'a', size: 5 }], garbage: Buffer.alloc(1000, 0xfe) },
      ['a'],
    );
    expect(outcome).toMatchObject({ code: 'no-mirror' });
    expect(there).toEqual([]);
  });
});
