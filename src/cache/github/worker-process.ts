import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GithubTask, GithubTaskResult, TaskProgress, WorkerMessage } from './worker-task.ts';

const MAX_ERROR_LENGTH = 4_096;

/**
 * Options for V8's garbage collector. A worker has a small heap and a stream of buffers, for which V8 marks the heap again
 * and again. With several threads and incremental marking, that takes a third of the time of a gigabyte.
 */
const GC_FLAGS = ['--single-threaded-gc', '--no-incremental-marking'] as const;

/** A worker process as its parent sees it. Runs one task at a time. */
export interface WorkerProcess {
  /** Never rejects: if the worker dies, the result has an error. */
  runTask(
    task: GithubTask,
    onProgress: (progress: TaskProgress) => void,
  ): Promise<GithubTaskResult>;
  /** Kills the process and its children; resolves when it has exited. */
  kill(): Promise<void>;
  /** Lets this process exit although the worker waits for another task. */
  unref(): void;
  readonly isAlive: boolean;
}

/** Starts a worker with exactly this environment. */
export function startWorkerProcess(url: URL, environment: NodeJS.ProcessEnv): WorkerProcess {
  // With a process group of its own, a kill also ends `tar` and its decompressor.
  const hasProcessGroup = process.platform !== 'win32';
  const child = fork(fileURLToPath(url), [], {
    env: environment,
    execArgv: [...GC_FLAGS],
    detached: hasProcessGroup,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let errorOutput = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errorOutput = (errorOutput + chunk.toString('utf8')).slice(-MAX_ERROR_LENGTH);
  });
  let isRunning = true;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      isRunning = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      errorOutput += error.message;
      end();
    });
  });

  return {
    get isAlive() {
      return isRunning;
    },
    async runTask(task, onProgress) {
      refProcess(child);
      return new Promise((resolve) => {
        const onMessage = (message: WorkerMessage) => {
          if (message.kind === 'progress') onProgress(message.progress);
          else finish(message.result);
        };
        const finish = (result: GithubTaskResult) => {
          child.off('message', onMessage);
          resolve(result);
        };
        child.on('message', onMessage);
        void exited.then(() => finish(createFailedTaskResult(errorOutput)));
        if (isRunning)
          child.send(
            task,
            (error) => error !== null && finish(createFailedTaskResult(error.message)),
          );
      });
    },
    async kill() {
      // An idle worker is unreferenced, and would not keep this process alive until it has exited.
      refProcess(child);
      if (isRunning && child.pid !== undefined) killProcessGroup(child, hasProcessGroup);
      await exited;
    },
    unref() {
      child.unref();
      child.channel?.unref();
      if (child.stderr !== null && 'unref' in child.stderr) unrefStream(child.stderr);
    },
  };
}

function refProcess(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function unrefStream(stream: object): void {
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}

function killProcessGroup(child: ChildProcess, hasProcessGroup: boolean): void {
  try {
    if (hasProcessGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // The process has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function createFailedTaskResult(errorOutput: string): GithubTaskResult {
  const reason = errorOutput
    .trim()
    .split('\n')
    .filter((line) => /\S/.test(line))
    .slice(0, 8)
    .join(' ');
  return {
    matchedKey: undefined,
    isSaved: false,
    isZstdMissing: false,
    error: `the process that runs the cache client ended early${reason === '' ? '' : `: ${reason}`}`,
    outputLines: [],
    httpEvents: [],
  };
}
