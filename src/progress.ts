import type { Log, Progress } from './log.ts';
import { formatBytes, formatCount } from './report/units.ts';

/** How far a step is: what every rendering of progress says. Times are milliseconds of one clock. */
export class ProgressMeter {
  #step = '';
  #totals = { files: 0, bytes: 0 };
  #done = { files: 0, bytes: 0 };
  #began = 0;

  begin(step: string, totals: { files: number; bytes: number }, now: number): void {
    this.#step = step;
    this.#totals = totals;
    this.#done = { files: 0, bytes: 0 };
    this.#began = now;
  }

  advance(done: { files?: number; bytes?: number }): void {
    this.#done = {
      files: this.#done.files + (done.files ?? 0),
      bytes: this.#done.bytes + (done.bytes ?? 0),
    };
  }

  /** From 0 to 1: by bytes, or by files where no bytes are expected. */
  get fraction(): number {
    const { files, bytes } = this.#totals;
    const fraction =
      bytes > 0 ? this.#done.bytes / bytes : files > 0 ? this.#done.files / files : 1;
    return Math.min(1, Math.max(0, fraction));
  }

  /** `fetch: 45 %, 1.21 GiB of 2.60 GiB, 3 of 4 files, 85.0 MiB/s` */
  describe(now: number): string {
    const seconds = Math.max(now - this.#began, 1) / 1000;
    return [
      `${this.#step}: ${Math.floor(this.fraction * 100)} %`,
      `${formatBytes(this.#done.bytes)} of ${formatBytes(this.#totals.bytes)}`,
      `${this.#done.files} of ${formatCount(this.#totals.files, 'file')}`,
      `${formatBytes(Math.round(this.#done.bytes / seconds))}/s`,
    ].join(', ');
  }
}

/** Progress for a log: a line every so many milliseconds while a step works. */
export function lineProgress(log: Log, every: number): Progress {
  const meter = new ProgressMeter();
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearInterval(timer);
  return {
    begin(step, totals) {
      end();
      meter.begin(step, totals, performance.now());
      // A timer, not the data, sets the pace: a transfer that stalls says so too.
      timer = setInterval(() => log.info(meter.describe(performance.now())), every);
      timer.unref();
    },
    advance: (done) => meter.advance(done),
    end,
  };
}
