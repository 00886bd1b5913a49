/**
 * A process of its own for the toolkit's cache client. It is one because the toolkit takes its folders from the process
 * (`GITHUB_WORKSPACE`, `RUNNER_TEMP`, the working folder for its globs), prints to its standard output, starts `tar`, and
 * cannot be stopped: several packs at once need several processes, and a stuck one is killed with all it started.
 */

import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setDefaultHighWaterMark } from 'node:stream';
import { getExecOutput } from '@actions/exec';
import { getErrorMessage } from '../../platform/error.ts';
import {
  type GithubTask,
  type GithubTaskResult,
  type HttpEvent,
  PACK_FOLDER,
  PACK_PATHS,
  RECEIVED_PREFIX,
  type TaskProgress,
  type WorkerMessage,
} from './worker-task.ts';

const MAX_LINE_COUNT = 200;
const MAX_LINE_LENGTH = 2_000;
/** Bytes a stream holds; Node's own 64 KiB make a gigabyte's way through the toolkit a tenth longer. */
const STREAM_BUFFER_BYTES = 1024 * 1024;

/** 1 MiB instead of 10 KiB read and written at once: less time in the kernel, half of it when extracting. */
const BLOCKING_FACTOR_OPTION = '--blocking-factor=2048';

/**
 * What GNU tar is told through `TAR_OPTIONS`, the only way to it through the toolkit, which runs it with `-P` (names are
 * taken as they stand) on whatever the service returned.
 *
 * Extracting: every member, whatever its name, becomes `tfcache-pack/received-BASENAME`: no name can lead outside, nor be
 * `..`, nor pass through a link, since no member's name has more than these two parts. What a symbolic or hard link points
 * at is replaced by a name that never exists: a symbolic link dangles, a hard link fails. Owners, set-user-ID bits and
 * times are not taken from the archive. What is not a regular file after all is refused when the folder is read.
 * https://www.gnu.org/software/tar/manual/html_section/transform.html
 *
 * Creating: the workspace holds links to the files of the store, of which the bytes are wanted; members say nothing of the
 * user who saved.
 */
const TAR_OPTIONS: Readonly<Record<GithubTask['operation'], string>> = {
  lookup: '',
  restore: [
    // Backslashes separate names on Windows; TAR_OPTIONS wants each written twice.
    '--transform=flags=rSH;s,.*[/\\\\],,',
    `--transform=flags=rSH;s,^,${PACK_FOLDER}/${RECEIVED_PREFIX},`,
    '--transform=flags=Rsh;s,.*,tfcache-refused-link,',
    '--no-same-owner',
    '--no-same-permissions',
    '--touch',
    BLOCKING_FACTOR_OPTION,
  ].join(' '),
  save: `--dereference --hard-dereference --owner=0 --group=0 --numeric-owner ${BLOCKING_FACTOR_OPTION}`,
};

function main(): void {
  let outputLines: string[] = [];
  let httpEvents: HttpEvent[] = [];
  let isZstdMissing = false;

  setDefaultHighWaterMark(false, STREAM_BUFFER_BYTES);
  captureOutput((line) => {
    if (line.startsWith('::add-mask::')) return;
    outputLines.push(line.slice(0, MAX_LINE_LENGTH));
    if (outputLines.length > MAX_LINE_COUNT) outputLines.shift();
    // As the toolkit says when it looked for the program: getCompressionMethod in cacheUtils.js.
    if (line === '::debug::zstd version: null') isZstdMissing = true;
    const moved = /^(?:Sent|Received) (\d+) of \d+ /.exec(line);
    if (moved !== null) sendProgress({ kind: 'transferred', bytes: Number(moved[1]) });
    else if (/^Attempt \d+ of \d+ failed/.test(line)) {
      sendProgress({ kind: 'complained', text: line, http: httpEvents.at(-1) });
    }
  });
  observeHttp((event) => {
    httpEvents.push(event);
    if (httpEvents.length > MAX_LINE_COUNT) httpEvents.shift();
    if (event.status === undefined) sendProgress({ kind: 'unanswered', http: event });
  });

  process.on('message', (task: GithubTask) => {
    outputLines = [];
    httpEvents = [];
    void runTask(task).then((outcome) => {
      sendMessage({
        kind: 'result',
        result: { ...outcome, isZstdMissing, outputLines, httpEvents },
      });
    });
  });
  // The parent is gone or done with us: whatever runs here, `tar` included, has no one to work for.
  process.on('disconnect', () => {
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
    process.exit();
  });
}

async function runTask(
  task: GithubTask,
): Promise<Omit<GithubTaskResult, 'isZstdMissing' | 'outputLines' | 'httpEvents'>> {
  const outcome = { matchedKey: undefined, isSaved: false, error: undefined };
  try {
    process.env['GITHUB_WORKSPACE'] = task.workspace;
    process.env['RUNNER_TEMP'] = task.temporaryFolder;
    process.env['TAR_OPTIONS'] = TAR_OPTIONS[task.operation];
    process.chdir(task.workspace);
    if (task.operation !== 'lookup') {
      const problem = await explainMissingTar();
      if (problem !== undefined) return { ...outcome, error: problem };
    }
    const cache = await import('@actions/cache');
    if (!cache.isFeatureAvailable()) {
      return { ...outcome, error: 'the runner offers no cache service to this job' };
    }
    sendProgress({ kind: 'began' });
    const paths = [...PACK_PATHS];
    if (task.operation === 'save') {
      return { ...outcome, isSaved: (await cache.saveCache(paths, task.key)) !== -1 };
    }
    const options = { lookupOnly: task.operation === 'lookup' };
    const keys = [...task.restoreKeys];
    return { ...outcome, matchedKey: await cache.restoreCache(paths, task.key, keys, options) };
  } catch (error) {
    return { ...outcome, error: getErrorMessage(error) };
  }
}

/**
 * Asks the `tar` that the toolkit will choose whether it is GNU tar and understands our options: any other would extract a
 * hostile archive wherever that says.
 */
async function explainMissingTar(): Promise<string | undefined> {
  const quietly = { silent: true, ignoreReturnCode: true };
  for (const program of listTarPrograms()) {
    const version = await getExecOutput(program, ['--version'], quietly).catch(() => undefined);
    if (version === undefined) continue;
    if (version.exitCode === 0 && version.stdout.includes('GNU tar')) return undefined;
    break;
  }
  const name = process.platform === 'darwin' ? 'gnu-tar (as gtar)' : 'tar';
  return `GNU tar was not found, and no other tar can be kept from extracting outside its folder; install the package ${name}`;
}

/** The first of these that is there is the one the toolkit takes: getTarPath in its tar.js. */
function listTarPrograms(): readonly string[] {
  if (process.platform === 'darwin') return ['gtar', 'tar'];
  if (process.platform !== 'win32') return ['tar'];
  return [`"${process.env['PROGRAMFILES']}\\Git\\usr\\bin\\tar.exe"`, 'tar'];
}

/** Every line that this process prints, in order, instead of printing it. */
function captureOutput(onLine: (line: string) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    let rest = '';
    stream.write = (chunk: string | Uint8Array): boolean => {
      rest += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      const complete = rest.split(/\r?\n/);
      rest = (complete.pop() ?? '').slice(-MAX_LINE_LENGTH);
      for (const line of complete) onLine(line);
      return true;
    };
  }
}

/** https://nodejs.org/api/diagnostics_channel.html#http */
function observeHttp(onEvent: (event: HttpEvent) => void): void {
  const describe = (request: ClientRequest) => ({
    method: request.method,
    address: `${request.getHeader('host') ?? request.host}${request.path.replace(/\?.*/, '')}`,
  });
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    onEvent({
      ...describe(request),
      status: response.statusCode,
      contentType: (response.headers['content-type'] ?? '').replace(/;.*/s, '').trim(),
      error: undefined,
    });
  });
  subscribe('http.client.request.error', (message) => {
    const { request, error } = message as { request: ClientRequest; error: NodeJS.ErrnoException };
    const told = error.code ?? error.message;
    onEvent({ ...describe(request), status: undefined, contentType: '', error: told });
  });
}

function sendProgress(news: TaskProgress): void {
  sendMessage({ kind: 'news', news });
}

function sendMessage(message: WorkerMessage): void {
  process.send?.(message);
}

main();
