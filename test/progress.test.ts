import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../src/log.ts';
import { lineProgress, ProgressMeter } from '../src/progress.ts';

describe('ProgressMeter', () => {
  it('says percent, bytes, files and speed', () => {
    const meter = new ProgressMeter();
    meter.begin('sync', { files: 4, bytes: 400 * 2 ** 20 }, 1000);
    meter.advance({ files: 1, bytes: 100 * 2 ** 20 });
    meter.advance({ bytes: 50 * 2 ** 20 });
    expect(meter.describe(3000)).toBe('sync: 37 %, 150 MiB of 400 MiB, 1 of 4 files, 75.0 MiB/s');
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
    const progress = lineProgress({ ...silentLog, info: (line) => lines.push(line) }, 5000);
    progress.begin('sync', { files: 1, bytes: 100 });
    progress.advance({ bytes: 50 });
    vi.advanceTimersByTime(4999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(5001);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^sync: 50 %, 50 B of 100 B, 0 of 1 file, /);
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
  });
});
