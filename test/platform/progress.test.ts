import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { createLineProgress, ProgressMeter } from '../../src/platform/progress.ts';

describe('ProgressMeter', () => {
  it('says percent, bytes, files and speed', () => {
    const meter = new ProgressMeter();
    meter.begin('sync', { files: 4, bytes: 400 * 2 ** 20 }, 1000);
    meter.advance({ files: 1, bytes: 100 * 2 ** 20 });
    meter.advance({ bytes: 50 * 2 ** 20 });
    expect(meter.describe(3000)).toBe(
      '37 %, 150 MiB of 400 MiB, 1 of 4 files, 75.0 MiB/s, 3.3 s left: sync',
    );
  });

  it('measures the speed of the last seconds: what stalls has none, and no end in sight', () => {
    const meter = new ProgressMeter();
    meter.begin('sync', { files: 1, bytes: 1000 }, 0);
    meter.advance({ bytes: 500 });
    expect(meter.describe(5000)).toContain('100 B/s, 5.0 s left');
    meter.describe(10_000);
    meter.describe(15_000);
    expect(meter.describe(20_000)).toContain(', 0 B/s: sync');
    meter.advance({ bytes: 500 });
    expect(meter.describe(25_000)).toBe('100 %, 1000 B of 1000 B, 0 of 1 file, 50 B/s: sync');
  });

  it('shortens the label to the room there is, never the numbers', () => {
    const meter = new ProgressMeter();
    meter.begin('Syncing from https://mirror.example/a/long/folder/', { files: 2, bytes: 200 }, 0);
    const numbers = '0 %, 0 B of 200 B, 0 of 2 files, 0 B/s';
    expect(meter.describe(0, 60)).toMatch(/^0 %, .*\/s: Syncing fr…g\/folder\/$/);
    expect(meter.describe(0, 60)).toHaveLength(60);
    expect(meter.describe(0, 20)).toBe(numbers);
    expect(meter.describe(0, 300)).toBe(
      `${numbers}: Syncing from https://mirror.example/a/long/folder/`,
    );
  });

  it('counts files where no bytes are expected, and never passes the whole', () => {
    const meter = new ProgressMeter();
    meter.begin('verify', { files: 2, bytes: 0 }, 0);
    meter.advance({ files: 1 });
    expect(meter.fraction).toBe(0.5);
    meter.advance({ files: 5 });
    expect(meter.fraction).toBe(1);
    meter.begin('nothing', { files: 0, bytes: 0 }, 0);
    expect(meter.fraction).toBe(1);
    expect(meter.describe(0)).toContain('100 %');
  });
});

describe('lineProgress', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('says a line at each interval, also when nothing moves, and none after the end', () => {
    const lines: string[] = [];
    const progress = createLineProgress({ ...silentLog, info: (line) => lines.push(line) }, 5000);
    progress.begin('sync', { files: 1, bytes: 100 });
    progress.advance({ bytes: 50 });
    vi.advanceTimersByTime(4999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(5001);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^50 %, 50 B of 100 B, 0 of 1 file, .*: sync$/);
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
  });
});
