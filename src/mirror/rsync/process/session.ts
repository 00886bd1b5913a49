import { type RunResult, runProgram } from '../../../platform/process/run.ts';
import { ErrorOutput } from '../output/complaints.ts';
import { LineSplitter } from '../output/lines.ts';
import { watchMemory } from './memory-watch.ts';

/** Bytes that rsync may take: a list of two million names takes a third of it. */
const MEMORY_LIMIT = 1024 ** 3;

export interface SessionOptions {
  rsyncPath: string;
  environment: NodeJS.ProcessEnv;
  /** Working folder; this process's when absent. */
  folder?: string;
  args: readonly string[];
  /** Names for `--files-from=- --from0`. */
  names: readonly string[];
  onLine(line: Buffer): void;
  /**
   * Milliseconds without any progress until rsync is ended: `--timeout` alone is not enough, because a peer can keep it
   * from ever firing (CVE-2026-70462).
   */
  stallLimit: number;
  /** Called every second while nothing is printed; true when it saw progress. */
  hasProgressed?(): Promise<boolean>;
  signal: AbortSignal | undefined;
  /** Bytes of memory that rsync may take; told by tests. */
  memoryLimit?: number;
}

/** How one run of rsync ended. */
export interface SessionResult {
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
  stopped: RunResult['stopped'] | 'stalled' | 'memory';
  complaints: ErrorOutput;
}

/** Runs rsync once, watched for progress. */
export async function runSession(options: SessionOptions): Promise<SessionResult> {
  const complaints = new ErrorOutput();
  const lines = new LineSplitter((line) => options.onLine(line));
  const ended = new AbortController();
  let why: 'stalled' | 'memory' | undefined;
  const end = (reason: typeof why) => {
    why ??= reason;
    ended.abort();
  };
  const cancel = options.signal;
  const watch = new ProgressWatch(options.stallLimit, options.hasProgressed, () => end('stalled'));
  let stopWatching: (() => void) | undefined;
  try {
    const result = await runProgram(options.rsyncPath, options.args, {
      environment: options.environment,
      ...(options.folder === undefined ? {} : { folder: options.folder }),
      input: Buffer.from(options.names.map((name) => `${name}\0`).join(''), 'utf8'),
      signal: cancel === undefined ? ended.signal : AbortSignal.any([cancel, ended.signal]),
      onStart: (pid) => {
        const limit = options.memoryLimit ?? MEMORY_LIMIT;
        stopWatching = watchMemory(pid, limit, () => end('memory'));
      },
      onStdout: (chunk) => {
        watch.progressed();
        lines.add(chunk);
      },
      onStderr: (chunk) => complaints.add(chunk),
    });
    lines.end();
    complaints.end();
    const stopped = why !== undefined && cancel?.aborted !== true ? why : result.stopped;
    return { exitCode: result.exitCode, signal: result.signal, stopped, complaints };
  } finally {
    watch.stop();
    stopWatching?.();
  }
}

/** True when rsync did all there was to do: names that the mirror does not have are an answer, not a failure. */
export function isSessionComplete(result: SessionResult): boolean {
  if (result.stopped !== undefined) return false;
  if (result.exitCode === 0) return true;
  const { complaints } = result;
  const absent = complaints.absent + complaints.vanished > 0;
  return (result.exitCode === 23 || result.exitCode === 24) && absent && complaints.onlyAbsent;
}

/** Calls `onStall` once when nothing moved for too long. */
class ProgressWatch {
  #last = performance.now();
  #asking = false;
  readonly #timer: NodeJS.Timeout;

  constructor(
    limit: number,
    hasProgressed: (() => Promise<boolean>) | undefined,
    onStall: () => void,
  ) {
    const interval = Math.max(20, Math.min(1000, limit / 4));
    this.#timer = setInterval(() => {
      const quiet = performance.now() - this.#last;
      if (quiet > limit) onStall();
      else if (hasProgressed !== undefined && quiet >= interval / 2) this.#ask(hasProgressed);
    }, interval);
  }

  progressed(): void {
    this.#last = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ask(hasProgressed: () => Promise<boolean>): void {
    if (this.#asking) return;
    this.#asking = true;
    hasProgressed().then(
      (progressed) => {
        if (progressed) this.progressed();
        this.#asking = false;
      },
      // A folder that cannot be read now is asked about again at the next turn.
      () => {
        this.#asking = false;
      },
    );
  }
}
