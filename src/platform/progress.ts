import type { Log, Progress } from './log.ts';
import { shortenMiddle } from './text/escape.ts';
import { formatBytes, formatCount, formatDuration } from './text/units.ts';

/** The speed is measured over this time, so that a transfer that stalls is visible. */
const SPEED_WINDOW_MS = 10_000;
/** A label that would be shorter is omitted. */
const MIN_LABEL_LENGTH = 12;

/** Measures the progress of a step and describes it. Times are milliseconds of one clock. */
export class ProgressMeter {
  #step = '';
  #totals = { files: 0, bytes: 0 };
  #done = { files: 0, bytes: 0 };
  /** The bytes done at each time that the progress was described, oldest first. */
  #samples: { at: number; bytes: number }[] = [];

  begin(step: string, totals: { files: number; bytes: number }, now: number): void {
    this.#step = step;
    this.#totals = totals;
    this.#done = { files: 0, bytes: 0 };
    this.#samples = [{ at: now, bytes: 0 }];
  }

  advance(done: { files?: number; bytes?: number }): void {
    this.#done = {
      files: this.#done.files + (done.files ?? 0),
      bytes: this.#done.bytes + (done.bytes ?? 0),
    };
  }

  /** From 0 to 1, by bytes; by files if no bytes are expected. */
  get fraction(): number {
    const { files, bytes } = this.#totals;
    const fraction =
      bytes > 0 ? this.#done.bytes / bytes : files > 0 ? this.#done.files / files : 1;
    return Math.min(1, Math.max(0, fraction));
  }

  /**
   * Returns for example `45 %, 1.21 GiB of 2.60 GiB, 3 of 4 files, 85.0 MiB/s, 17.0 s left: Syncing from https://…`.
   *
   * @param width characters available; the label, which comes last, is shortened to fit.
   */
  describe(now: number, width = Number.POSITIVE_INFINITY): string {
    const speed = this.#speed(now);
    const left = this.#totals.bytes - this.#done.bytes;
    const numbers = [
      `${Math.floor(this.fraction * 100)} %`,
      `${formatBytes(this.#done.bytes)} of ${formatBytes(this.#totals.bytes)}`,
      `${this.#done.files} of ${formatCount(this.#totals.files, 'file')}`,
      `${formatBytes(Math.round(speed))}/s`,
      ...(speed > 0 && left > 0 ? [`${formatDuration((1000 * left) / speed)} left`] : []),
    ].join(', ');
    const room = width - numbers.length - 2;
    return room < MIN_LABEL_LENGTH ? numbers : `${numbers}: ${shortenMiddle(this.#step, room)}`;
  }

  /** Bytes per second. */
  #speed(now: number): number {
    const samples = this.#samples;
    samples.push({ at: now, bytes: this.#done.bytes });
    // Keeps one sample older than the window: the speed is measured from there.
    while (samples.length > 2 && now - (samples[1]?.at ?? now) >= SPEED_WINDOW_MS) samples.shift();
    const since = samples[0] ?? { at: now, bytes: 0 };
    return (1000 * (this.#done.bytes - since.bytes)) / Math.max(now - since.at, 1);
  }
}

/** Creates progress for a log: one line per interval while a step runs. */
export function createLineProgress(log: Log, intervalMs: number): Progress {
  const meter = new ProgressMeter();
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearInterval(timer);
  return {
    begin(step, totals) {
      end();
      meter.begin(step, totals, performance.now());
      // By a timer, so that a stalled transfer is logged too.
      timer = setInterval(() => log.info(meter.describe(performance.now())), intervalMs);
      timer.unref();
    },
    advance: (done) => meter.advance(done),
    end,
  };
}
