import {
  describeUnexpectedResponse,
  findServiceRefusal,
  isCacheServiceRequest,
  isWebPage,
} from './permanent-failures.ts';
import type { GithubTask, GithubTaskResult } from './worker-task.ts';

/** What a call of the toolkit came to. `isServiceDown` says that further calls would end the same way. */
export type GithubOutcome =
  | { kind: 'done'; matchedKey: string | undefined }
  | { kind: 'missing' }
  | { kind: 'already-saved' }
  | { kind: 'denied'; reason: string }
  /** The entry was fetched, and is not an archive that tfcache made: no later try will fare better. */
  | { kind: 'corrupt'; reason: string }
  | { kind: 'failed'; reason: string; isServiceDown: boolean };

/** Policies of the service, by the words its answers begin with (`@actions/cache`: CACHE_WRITE_DENIED_PREFIX, …). */
const ACCESS_DENIED = /cache (?:write|read) denied:.*/;
/** Set by the service when the same key, version and scope is there or being written; act's says `already exist`. */
const ALREADY_EXISTS = /\(409\)|already exist/i;
const RATE_LIMITED = /rate limit(?:ed)?|\(429\)/i;
const UNREACHABLE = /failed to make request after|unable to make request: [A-Z]+/i;
const LOCAL_FAILURE =
  /No space left|quota exceeded|Read-only file system|Permission denied|Operation not permitted|Cannot allocate|Input\/output error|failed: signal|Too many open/i;
/** The credentials are not taken, also those in an address for bytes: no other pack will fare better. */
const UNAUTHORIZED = /\(401\)|\(403\)/;

/**
 * Reads from what the toolkit printed why it returned -1 or undefined: it never throws for what goes wrong in the world.
 */
export function classifyTaskResult(task: GithubTask, result: GithubTaskResult): GithubOutcome {
  if (result.error !== undefined)
    return { kind: 'failed', reason: result.error, isServiceDown: false };
  if (task.operation === 'save') return classifySaveResult(result);
  if (result.matchedKey !== undefined) return { kind: 'done', matchedKey: result.matchedKey };
  const complaints = extractToolkitErrors(result);
  const text = complaints.join('\n');
  const denied = ACCESS_DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (complaints.length === 0) return { kind: 'missing' };
  // Found, but evicted before it was fetched: the toolkit saves the error page as the archive and tar chokes on it.
  const gone = result.httpEvents.some(
    (event) =>
      event.method !== 'POST' &&
      (event.status === 404 || event.status === 410) &&
      !isCacheServiceRequest(event),
  );
  if (gone) return { kind: 'missing' };
  return isCorruptArchive(text)
    ? { kind: 'corrupt', reason: summarizeErrors(complaints, result) }
    : createFailure(complaints, result);
}

/** Extracting failed, and not for want of room or rights on this machine. The toolkit has compared the length before. */
function isCorruptArchive(text: string): boolean {
  return /tar(?:\.exe)?" failed with error/.test(text) && !LOCAL_FAILURE.test(text);
}

function classifySaveResult(result: GithubTaskResult): GithubOutcome {
  if (result.isSaved) return { kind: 'done', matchedKey: undefined };
  const complaints = extractToolkitErrors(result);
  const text = complaints.join('\n');
  const denied = ACCESS_DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (ALREADY_EXISTS.test(text)) return { kind: 'already-saved' };
  return createFailure(complaints, result);
}

function createFailure(complaints: readonly string[], result: GithubTaskResult): GithubOutcome {
  const refused = findServiceRefusal(result.httpEvents);
  if (refused !== undefined && isWebPage(refused)) {
    return { kind: 'failed', reason: describeUnexpectedResponse(refused), isServiceDown: true };
  }
  const reason = summarizeErrors(complaints, result);
  const isServiceDown =
    refused !== undefined ||
    [RATE_LIMITED, UNREACHABLE, UNAUTHORIZED].some((pattern) => pattern.test(reason));
  return { kind: 'failed', reason, isServiceDown };
}

/** Warnings and errors of the toolkit, what it hides of a refused reservation in debug lines, and what tar said. */
function extractToolkitErrors(result: GithubTaskResult): string[] {
  const complaints = result.outputLines.flatMap((line) => {
    const found =
      /^::(?:warning|error)[^:]*::(.*)$/.exec(line) ??
      /^::debug::(Failed to reserve cache: .*)$/.exec(line) ??
      /^(Failed to save: .*)$/.exec(line) ??
      /^(?:\S*\/)?((?:tar|gtar|zstd|unzstd|gzip): .*)$/.exec(line);
    return found?.[1] === undefined ? [] : [redactSignatures(unescapeCommand(found[1]))];
  });
  return [...new Set(complaints)];
}

function summarizeErrors(complaints: readonly string[], result: GithubTaskResult): string {
  const reasons = complaints
    .map((text) =>
      text
        .replace(/^(?:Failed to (?:save|restore|reserve cache): )+/, '')
        .replace(/^(?:Error: )+/, '')
        .replace(
          /^Unable to reserve cache with key .*, another job may be creating this cache\.$/,
          '',
        )
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
  const http = result.httpEvents
    .filter(({ status }) => status === undefined || status >= 400)
    .map(({ method, address, status, error }) => `${method} ${address}: ${status ?? error}`);
  const first = [...new Set(reasons)].slice(0, 3);
  const last = http.at(-1);
  return (
    [...first, ...(last === undefined ? [] : [last])].join('; ') || 'the toolkit gave no reason'
  );
}

/** What can be read from the lines while a task hangs: the toolkit tells of its retries. */
export function redactSignatures(text: string): string {
  return text.replace(/([?&](?:sig|se|sp|sv|skoid|sktid)=)[^&\s"']+/g, '$1…');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: escapeData */
function unescapeCommand(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
