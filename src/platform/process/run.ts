import { AsyncLocalStorage } from 'node:async_hooks';
import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getErrorMessage, TfcacheError } from '../error.ts';
import { createMissingProgramError, findProgram } from './program.ts';

export interface RunOptions {
  /** The whole environment of the child; nothing is added. Its `PATH` finds the program. */
  environment: NodeJS.ProcessEnv;
  /** Standard input of the child. Default: empty. */
  input?: Buffer | string;
  /** Working folder. Default: that of this process. */
  folder?: string;
  /** Called when the child has started. */
  onStart?(pid: number): void;
  onStdout?(chunk: Buffer): void;
  onStderr?(chunk: Buffer): void;
  /** On abort, the child receives SIGTERM, and later SIGKILL. */
  signal?: AbortSignal;
  /** Longest run of the child. */
  timeLimitMs?: number;
  /** Between SIGTERM and SIGKILL. */
  graceMs?: number;
  /** The hint of the error if the program is missing. */
  missingHint?: string;
}

export interface RunResult {
  /** Undefined if a signal ended the child. */
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
  /** Why tfcache stopped the child; undefined if it ended by itself. */
  stopped: 'aborted' | 'time-limit' | undefined;
  /** The last 64 KiB of each output. */
  stdout: string;
  stderr: string;
}

const TAIL_BYTES = 64 * 1024;
const GRACE_MS = 5_000;
/**
 * Time for a child to end by itself after a signal from the user: Ctrl-C reaches it as well, because it is in the same process
 * group. rsync 3.5.0 hangs if SIGTERM comes within the 400 ms that its handler of SIGINT sleeps.
 */
const SELF_EXIT_MS = 1_000;

/**
 * Runs a program to its end without a shell. Keeps a bounded part of its output and prints nothing. An exit code is a result, not an
 * error.
 *
 * `@actions/exec` starts the child but does not return it. To send signals (rsync keeps partial files on SIGTERM, never on SIGKILL),
 * the child is taken from Node's diagnostics channel `child_process`, in the asynchronous context of this call, so that no other child
 * is mistaken for it.
 *
 * @throws TfcacheError `program-missing` or `program-failed` if the program does not exist or cannot be started.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const path = await findProgram(program, options.environment);
  if (path === undefined) {
    throw createMissingProgramError(
      program,
      options.missingHint ?? 'Install it, or set the path of the program.',
    );
  }
  const stdout = new OutputTail(TAIL_BYTES);
  const stderr = new OutputTail(TAIL_BYTES);
  const stopper = new Stopper(options.graceMs ?? GRACE_MS);
  /** Thrown by a listener of the caller. It must end the run, not the process. */
  let listenerError: unknown;
  const guarded = (tail: OutputTail, listener: ((chunk: Buffer) => void) | undefined) => {
    return (chunk: Buffer) => {
      tail.add(chunk);
      if (listener === undefined || listenerError !== undefined) return;
      try {
        listener(chunk);
      } catch (error) {
        listenerError = error ?? new Error('a listener of the output failed');
        stopper.stop('aborted');
      }
    };
  };

  const onAbort = () => {
    const { reason } = options.signal ?? {};
    const isFromUser = reason instanceof TfcacheError && reason.code === 'interrupted';
    stopper.stop('aborted', isFromUser ? SELF_EXIT_MS : 0);
  };
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const limit =
    options.timeLimitMs === undefined
      ? undefined
      : setTimeout(() => stopper.stop('time-limit'), options.timeLimitMs);
  try {
    await withChild(
      (child) => {
        stopper.watch(child);
        if (child.pid !== undefined) options.onStart?.(child.pid);
      },
      async () => {
        const { exec } = await import('@actions/exec');
        return exec(quoteProgram(path), [...args], {
          silent: true,
          ignoreReturnCode: true,
          env: definedOnly(options.environment),
          ...(options.folder === undefined ? {} : { cwd: options.folder }),
          // Always set, so that standard input is closed and a child that reads it does not wait.
          input: Buffer.from(options.input ?? ''),
          listeners: {
            stdout: guarded(stdout, options.onStdout?.bind(options)),
            stderr: guarded(stderr, options.onStderr?.bind(options)),
          },
        });
      },
    );
  } catch (error) {
    throw new TfcacheError(
      'program-failed',
      `The program ${JSON.stringify(program)} could not be run.`,
      {
        where: path,
        found: getErrorMessage(error),
        hint: 'Check that the file is an executable program for this machine.',
        cause: error,
      },
    );
  } finally {
    clearTimeout(limit);
    stopper.done();
    options.signal?.removeEventListener('abort', onAbort);
  }
  if (listenerError !== undefined) throw listenerError;
  return {
    exitCode: stopper.child?.exitCode ?? undefined,
    signal: stopper.child?.signalCode ?? undefined,
    stopped: stopper.reason,
    stdout: stdout.toString(),
    stderr: stderr.toString(),
  };
}

/** Stops a child by SIGTERM, then by SIGKILL. A stop before the start takes effect at the start. */
class Stopper {
  child: ChildProcess | undefined;
  reason: RunResult['stopped'];
  readonly #grace: number;
  #delayMs = 0;
  #termTimer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(grace: number) {
    this.#grace = grace;
  }

  watch(child: ChildProcess): void {
    this.child = child;
    if (this.reason !== undefined) this.#signal(child);
  }

  /** @param delayMs until SIGTERM. */
  stop(reason: 'aborted' | 'time-limit', delayMs = 0): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.#delayMs = delayMs;
    if (this.child !== undefined) this.#signal(this.child);
  }

  done(): void {
    clearTimeout(this.#termTimer);
    clearTimeout(this.#killTimer);
  }

  #signal(child: ChildProcess): void {
    if (this.#delayMs === 0) child.kill('SIGTERM');
    else this.#termTimer = setTimeout(() => child.kill('SIGTERM'), this.#delayMs);
    this.#killTimer = setTimeout(() => child.kill('SIGKILL'), this.#grace);
  }
}

/** Runs `start` and passes the child process that it starts to `onChild`. */
async function withChild<T>(
  onChild: (child: ChildProcess) => void,
  start: () => Promise<T>,
): Promise<T> {
  const context = new AsyncLocalStorage<true>();
  const subscriber = (message: unknown) => {
    if (context.getStore() !== true || !hasChild(message)) return;
    const child = message.process;
    // Published during its construction: its streams exist after the running code has returned.
    queueMicrotask(() => {
      // A child may end before it has read its input, for example an rsync that the daemon refused.
      child.stdin?.on('error', () => undefined);
      onChild(child);
    });
  };
  subscribe('child_process', subscriber);
  try {
    return await context.run(true, start);
  } finally {
    unsubscribe('child_process', subscriber);
  }
}

function hasChild(message: unknown): message is { process: ChildProcess } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'process' in message &&
    message.process instanceof ChildProcess
  );
}

/** Quotes a path for the command line of `@actions/exec`, so that spaces stay in it. */
function quoteProgram(path: string): string {
  if (path.includes('"') || path.endsWith('\\')) {
    throw new Error('a program whose path holds a double quote cannot be run');
  }
  return `"${path}"`;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}

/** Keeps the last `limit` bytes of an output, for messages. */
class OutputTail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // Joined only if twice too long, so that each byte is copied a bounded number of times.
    if (this.#length > 2 * this.#limit || this.#chunks.length > 4096) this.#trim();
  }

  toString(): string {
    this.#trim();
    return (this.#chunks[0] ?? Buffer.alloc(0)).toString('utf8');
  }

  #trim(): void {
    const all = Buffer.concat(this.#chunks);
    const kept = all.length > this.#limit ? Buffer.from(all.subarray(-this.#limit)) : all;
    this.#chunks = [kept];
    this.#length = kept.length;
  }
}
