import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GithubTask, GithubTaskResult, TaskProgress, WorkerMessage } from './worker-task.ts';

const MAX_ERROR_LENGTH = 4_096;

/**
 * How a worker collects garbage. It has a small heap, and a stream of buffers that makes V8 mark that heap again and again,
 * by default in several threads and small steps: a third of all the time a gigabyte takes.
 */
const GC_FLAGS = ['--single-threaded-gc', '--no-incremental-marking'] as const;

/** The parent's end of one worker process. Does one task at a time. */
export interface WorkerProcess {
  /** Never rejects: a worker that dies gives a result with an error. */
  runTask(task: GithubTask, onNews: (news: TaskProgress) => void): Promise<GithubTaskResult>;
  /** Ends it, with all that it started; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets this process exit although the worker waits for another task. */
  unref(): void;
  readonly isAlive: boolean;
}

/** Starts a worker; `environment` is the whole of its environment. */
export function startWorkerProcess(url: URL, environment: NodeJS.ProcessEnv): WorkerProcess {
  // A process group of its own, so that `tar` and its decompressor end with it.
  const grouped = process.platform !== 'win32';
  const child = fork(fileURLToPath(url), [], {
    env: environment,
    execArgv: [...GC_FLAGS],
    detached: grouped,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-MAX_ERROR_LENGTH);
  });
  let alive = true;
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      alive = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      complaint += error.message;
      end();
    });
  });

  return {
    get isAlive() {
      return alive;
    },
    async runTask(task, onNews) {
      refProcess(child);
      return new Promise((resolve) => {
        const onMessage = (message: WorkerMessage) => {
          if (message.kind === 'news') onNews(message.news);
          else finish(message.result);
        };
        const finish = (result: GithubTaskResult) => {
          child.off('message', onMessage);
          resolve(result);
        };
        child.on('message', onMessage);
        void gone.then(() => finish(createFailedTaskResult(complaint)));
        if (alive)
          child.send(
            task,
            (error) => error !== null && finish(createFailedTaskResult(error.message)),
          );
      });
    },
    async kill() {
      // One at rest would not keep this process alive until it is gone.
      refProcess(child);
      if (alive && child.pid !== undefined) killGroup(child, grouped);
      await gone;
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

function killGroup(child: ChildProcess, grouped: boolean): void {
  try {
    if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // It ended by itself in this very moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function createFailedTaskResult(complaint: string): GithubTaskResult {
  const reason = complaint
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
