import { AsyncLocalStorage } from 'node:async_hooks';
import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getErrorMessage, TfcacheError } from '../error.ts';
import { createMissingProgramError, findProgram } from './program.ts';
import { OutputTail } from './tail.ts';

export interface RunOptions {
  /** The whole environment of the child; nothing is added. Its `PATH` finds the program. */
  environment: NodeJS.ProcessEnv;
  /** What the child reads from standard input; nothing when absent. */
  input?: Buffer | string;
  /** Working folder; this process's when absent. */
  folder?: string;
  /** The child runs. */
  onStart?(pid: number): void;
  onStdout?(chunk: Buffer): void;
  onStderr?(chunk: Buffer): void;
  /** Aborted: the child is asked to end, and killed when it does not. */
  signal?: AbortSignal;
  /** Milliseconds the child may run in all. */
  timeLimitMs?: number;
  /** Milliseconds between asking the child to end (SIGTERM) and killing it (SIGKILL). */
  graceMs?: number;
  /** What to do when the program is missing, for the error. */
  missingHint?: string;
}

export interface RunResult {
  /** Undefined when the child was ended by a signal. */
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
  /** Why we ended the child; undefined when it ended by itself. */
  stopped: 'aborted' | 'time-limit' | undefined;
  /** The last 64 KiB of each output. */
  stdout: string;
  stderr: string;
}

const TAIL_BYTES = 64 * 1024;
const GRACE_MS = 5_000;
/**
 * Milliseconds that a child has to end by itself after a signal from the user: Ctrl-C reaches it as well, since it is in the same
 * process group. rsync 3.5.0 hangs if SIGTERM comes within the 400 ms that its handler of SIGINT sleeps.
 */
const OWN_END_MS = 1_000;

/**
 * Runs a program to its end, without a shell, its outputs bounded in memory, printing nothing itself. The exit code is
 * data, not an error.
 *
 * `@actions/exec` starts the child but gives no handle on it; the handle that a polite end needs (rsync keeps partial
 * data on SIGTERM, never on SIGKILL) comes from Node's diagnostics channel `child_process`, which tells of the child in the
 * asynchronous context of our own call, so that no other child can be mistaken for it.
 *
 * @throws TfcacheError `failed` when the program is not there or cannot be started.
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
      options.missingHint ?? 'Install it, or give the path of the program.',
    );
  }
  const stdout = new OutputTail(TAIL_BYTES);
  const stderr = new OutputTail(TAIL_BYTES);
  const stopper = new Stopper(options.graceMs ?? GRACE_MS);
  /** What a listener of the caller threw: it must end the run, not the process. */
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
    stopper.stop('aborted', isFromUser ? OWN_END_MS : 0);
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
          // Always given, so that standard input is closed: a child that reads must not wait for us.
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
        hint: 'Check that the file is a program for this machine and may be executed.',
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

/** Ends a child politely, then for good. Told before the child exists, it acts as soon as there is one. */
class Stopper {
  child: ChildProcess | undefined;
  reason: RunResult['stopped'];
  readonly #grace: number;
  #wait = 0;
  #termTimer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(grace: number) {
    this.#grace = grace;
  }

  watch(child: ChildProcess): void {
    this.child = child;
    if (this.reason !== undefined) this.#signal(child);
  }

  /** @param wait milliseconds until the child is asked to end. */
  stop(reason: 'aborted' | 'time-limit', wait = 0): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.#wait = wait;
    if (this.child !== undefined) this.#signal(this.child);
  }

  done(): void {
    clearTimeout(this.#termTimer);
    clearTimeout(this.#killTimer);
  }

  #signal(child: ChildProcess): void {
    if (this.#wait === 0) child.kill('SIGTERM');
    else this.#termTimer = setTimeout(() => child.kill('SIGTERM'), this.#wait);
    this.#killTimer = setTimeout(() => child.kill('SIGKILL'), this.#grace);
  }
}

/** Runs `start` and hands over the child process that it starts. */
async function withChild<T>(
  onChild: (child: ChildProcess) => void,
  start: () => Promise<T>,
): Promise<T> {
  const context = new AsyncLocalStorage<true>();
  const subscriber = (message: unknown) => {
    if (context.getStore() !== true || !hasChild(message)) return;
    const child = message.process;
    // Published while it is being made: its streams exist when the running code has returned.
    queueMicrotask(() => {
      // A child that ends before it read all of its input (rsync refused by the daemon) is no failure of ours.
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

/** A path as `@actions/exec` splits it from its command line: quoted, so that spaces stay in it. */
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
