/**
 * Runs the toolkit's cache client in a process of its own. The toolkit takes its folders from the process
 * (`GITHUB_WORKSPACE`, `RUNNER_TEMP`, the working folder), prints to standard output, starts `tar`, and cannot be
 * cancelled. Therefore concurrent packs need a process each, and a stuck one is killed together with its children.
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
/** The buffer of a stream. With Node's default of 64 KiB, a gigabyte takes a tenth longer through the toolkit. */
const STREAM_BUFFER_BYTES = 1024 * 1024;

/** Blocks of 1 MiB instead of 10 KiB, which halves the time in the kernel when extracting. */
const BLOCKING_FACTOR_OPTION = '--blocking-factor=2048';

/**
 * Options for GNU tar in `TAR_OPTIONS`, the only way to pass options through the toolkit, which runs tar with `-P` (member
 * names are used unchanged) on whatever the service returned.
 *
 * Restore: every member is renamed to `tfcache-pack/received-BASENAME`. Such a name cannot lead outside the workspace, be
 * `..`, or pass through a link. The target of every link is replaced by a name that never exists, so that a symbolic link
 * dangles and a hard link fails. Owners, set-user-ID bits and times of the archive are ignored. Whatever is not a regular
 * file is refused when the folder is read. https://www.gnu.org/software/tar/manual/html_section/transform.html
 *
 * Save: the workspace holds links to files of the store, which are followed. Members do not name the user who saved.
 */
const TAR_OPTIONS: Readonly<Record<GithubTask['operation'], string>> = {
  lookup: '',
  restore: [
    // Backslashes separate names on Windows; TAR_OPTIONS needs each of them twice.
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
    // Printed by getCompressionMethod in the toolkit's cacheUtils.js.
    if (line === '::debug::zstd version: null') isZstdMissing = true;
    const transferred = /^(?:Sent|Received) (\d+) of \d+ /.exec(line);
    if (transferred !== null) sendProgress({ kind: 'transferred', bytes: Number(transferred[1]) });
    else if (/^Attempt \d+ of \d+ failed/.test(line)) {
      sendProgress({ kind: 'retrying', text: line, http: httpEvents.at(-1) });
    }
  });
  observeHttp((event) => {
    httpEvents.push(event);
    if (httpEvents.length > MAX_LINE_COUNT) httpEvents.shift();
    if (event.status === undefined) sendProgress({ kind: 'request-failed', http: event });
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
  // The parent has ended or needs this worker no longer: end it, together with a running `tar`.
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
      const error = await explainMissingTar();
      if (error !== undefined) return { ...outcome, error };
    }
    const cache = await import('@actions/cache');
    if (!cache.isFeatureAvailable()) {
      return { ...outcome, error: 'the runner offers no cache service to this job' };
    }
    sendProgress({ kind: 'started' });
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
 * Returns why the `tar` that the toolkit will choose is not GNU tar; undefined if it is. Any other tar would ignore
 * {@link TAR_OPTIONS} and extract a malicious archive outside the workspace.
 */
async function explainMissingTar(): Promise<string | undefined> {
  const options = { silent: true, ignoreReturnCode: true };
  for (const program of listTarPrograms()) {
    const version = await getExecOutput(program, ['--version'], options).catch(() => undefined);
    if (version === undefined) continue;
    if (version.exitCode === 0 && version.stdout.includes('GNU tar')) return undefined;
    break;
  }
  const name = process.platform === 'darwin' ? 'gnu-tar (as gtar)' : 'tar';
  return `GNU tar was not found, and other programs may extract files outside the folder; install the package ${name}`;
}

/** Lists the programs in the order in which the toolkit tries them: getTarPath in its tar.js. */
function listTarPrograms(): readonly string[] {
  if (process.platform === 'darwin') return ['gtar', 'tar'];
  if (process.platform !== 'win32') return ['tar'];
  return [`"${process.env['PROGRAMFILES']}\\Git\\usr\\bin\\tar.exe"`, 'tar'];
}

/** Passes every line that this process would print to `onLine` instead. */
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

/** Reports every HTTP response and failure: https://nodejs.org/api/diagnostics_channel.html#http */
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
    onEvent({
      ...describe(request),
      status: undefined,
      contentType: '',
      error: error.code ?? error.message,
    });
  });
}

function sendProgress(progress: TaskProgress): void {
  sendMessage({ kind: 'progress', progress });
}

function sendMessage(message: WorkerMessage): void {
  process.send?.(message);
}

main();
