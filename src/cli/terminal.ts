import type { Log, Progress } from '../platform/log.ts';
import { createLineProgress, ProgressMeter } from '../platform/progress.ts';
import { sanitizeLines } from '../platform/text/sanitize-lines.ts';
import { replaceInputNames } from './cli-error.ts';

/** The members of standard error that are used. */
export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface TerminalOptions {
  /** Shows debug lines. */
  verbose: boolean;
  /** `NO_COLOR` disables colour if it is set and not empty (https://no-color.org). */
  environment: NodeJS.ProcessEnv;
}

const LINE_INTERVAL_MS = 5000;
const BAR_INTERVAL_MS = 100;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[K';

/**
 * Creates a log and a progress display for one stream. On a terminal the progress is a bar below the log lines, elsewhere a
 * line every few seconds.
 */
export function createTerminalOutput(
  terminal: Terminal,
  options: TerminalOptions,
): { log: Log; progress: Progress } {
  const live = terminal.isTTY === true && options.environment['TERM'] !== 'dumb';
  const paint = live && !options.environment['NO_COLOR'];
  let bar = '';
  const print = (message: string) => {
    terminal.write(`${bar === '' ? '' : CLEAR_LINE}${message}\n${bar}`);
  };
  const colour = (code: number, text: string) => (paint ? `\x1b[${code}m${text}\x1b[0m` : text);
  const log: Log = {
    info: (message) => print(sanitizeLines(message)),
    warning: (message) =>
      print(`${colour(33, 'warning:')} ${sanitizeLines(replaceInputNames(message))}`),
    error: (message) =>
      print(`${colour(31, 'error:')} ${sanitizeLines(replaceInputNames(message))}`),
    debug: (message) => {
      if (options.verbose) print(colour(2, sanitizeLines(message)));
    },
  };
  if (!live) return { log, progress: createLineProgress(log, LINE_INTERVAL_MS) };
  const draw = (next: string) => {
    terminal.write(next === '' ? CLEAR_LINE : `${CLEAR_LINE}${next}`);
    bar = next;
  };
  return { log, progress: barProgress(draw, () => terminal.columns ?? 80) };
}

/** `████████░░░░ 45 %, …`, redrawn a few times a second. */
function barProgress(draw: (bar: string) => void, columns: () => number): Progress {
  const meter = new ProgressMeter();
  let timer: NodeJS.Timeout | undefined;
  const show = () => {
    const full = Math.round(meter.fraction * BAR_WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    // A line that wraps could not be cleared again.
    const width = columns() - 1;
    const text = sanitizeLines(meter.describe(performance.now(), width - bar.length - 1));
    draw(`${bar} ${text}`.slice(0, width));
  };
  const end = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    draw('');
  };
  return {
    begin(step, totals) {
      end();
      meter.begin(step, totals, performance.now());
      timer = setInterval(show, BAR_INTERVAL_MS);
      timer.unref();
      show();
    },
    advance: (done) => meter.advance(done),
    end,
  };
}
