import {
  describeUnexpectedResponse,
  findServiceRefusal,
  isCacheServiceRequest,
  isWebPage,
} from './permanent-failures.ts';
import type { GithubTask, GithubTaskResult } from './worker-task.ts';

/** How a call of the toolkit ended. With `isServiceDown`, further calls would end the same way. */
export type GithubOutcome =
  | { kind: 'done'; matchedKey: string | undefined }
  | { kind: 'missing' }
  | { kind: 'already-saved' }
  | { kind: 'denied'; reason: string }
  /** The entry was fetched, and is not an archive that tfcache made. A retry does not help. */
  | { kind: 'corrupt'; reason: string }
  | { kind: 'failed'; reason: string; isServiceDown: boolean };

/** How the service's responses about its policies begin (`@actions/cache`: CACHE_WRITE_DENIED_PREFIX, …). */
const ACCESS_DENIED = /cache (?:write|read) denied:.*/;
/** Sent by the service if the same key, version and scope exists or is being written; act sends `already exist`. */
const ALREADY_EXISTS = /\(409\)|already exist/i;
const RATE_LIMITED = /rate limit(?:ed)?|\(429\)/i;
const UNREACHABLE = /failed to make request after|unable to make request: [A-Z]+/i;
const LOCAL_FAILURE =
  /No space left|quota exceeded|Read-only file system|Permission denied|Operation not permitted|Cannot allocate|Input\/output error|failed: signal|Too many open/i;
/** The service or its storage rejects the credentials, which all packs share. */
const UNAUTHORIZED = /\(401\)|\(403\)/;

/**
 * Derives from the toolkit's output why it returned -1 or undefined, since the toolkit does not throw when the service fails.
 */
export function classifyTaskResult(task: GithubTask, result: GithubTaskResult): GithubOutcome {
  if (result.error !== undefined)
    return { kind: 'failed', reason: result.error, isServiceDown: false };
  if (task.operation === 'save') return classifySaveResult(result);
  if (result.matchedKey !== undefined) return { kind: 'done', matchedKey: result.matchedKey };
  const errors = extractToolkitErrors(result);
  const text = errors.join('\n');
  const denied = ACCESS_DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (errors.length === 0) return { kind: 'missing' };
  // Found, but evicted before it was fetched: the toolkit saves the error page as the archive, and tar fails.
  const isEvicted = result.httpEvents.some(
    (event) =>
      event.method !== 'POST' &&
      (event.status === 404 || event.status === 410) &&
      !isCacheServiceRequest(event),
  );
  if (isEvicted) return { kind: 'missing' };
  return isCorruptArchive(text)
    ? { kind: 'corrupt', reason: summarizeErrors(errors, result) }
    : createFailure(errors, result);
}

/** Returns whether extracting failed because of the archive. The toolkit has already checked its length. */
function isCorruptArchive(text: string): boolean {
  return /tar(?:\.exe)?" failed with error/.test(text) && !LOCAL_FAILURE.test(text);
}

function classifySaveResult(result: GithubTaskResult): GithubOutcome {
  if (result.isSaved) return { kind: 'done', matchedKey: undefined };
  const errors = extractToolkitErrors(result);
  const text = errors.join('\n');
  const denied = ACCESS_DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (ALREADY_EXISTS.test(text)) return { kind: 'already-saved' };
  return createFailure(errors, result);
}

function createFailure(errors: readonly string[], result: GithubTaskResult): GithubOutcome {
  const refusal = findServiceRefusal(result.httpEvents);
  if (refusal !== undefined && isWebPage(refusal)) {
    return { kind: 'failed', reason: describeUnexpectedResponse(refusal), isServiceDown: true };
  }
  const reason = summarizeErrors(errors, result);
  const isServiceDown =
    refusal !== undefined ||
    [RATE_LIMITED, UNREACHABLE, UNAUTHORIZED].some((pattern) => pattern.test(reason));
  return { kind: 'failed', reason, isServiceDown };
}

/** Returns the toolkit's warnings and errors, its debug lines about refused reservations, and the errors of tar. */
function extractToolkitErrors(result: GithubTaskResult): string[] {
  const errors = result.outputLines.flatMap((line) => {
    const found =
      /^::(?:warning|error)[^:]*::(.*)$/.exec(line) ??
      /^::debug::(Failed to reserve cache: .*)$/.exec(line) ??
      /^(Failed to save: .*)$/.exec(line) ??
      /^(?:\S*\/)?((?:tar|gtar|zstd|unzstd|gzip): .*)$/.exec(line);
    return found?.[1] === undefined ? [] : [redactSignatures(unescapeCommand(found[1]))];
  });
  return [...new Set(errors)];
}

function summarizeErrors(errors: readonly string[], result: GithubTaskResult): string {
  const reasons = errors
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
  const failedRequests = result.httpEvents
    .filter(({ status }) => status === undefined || status >= 400)
    .map(({ method, address, status, error }) => `${method} ${address}: ${status ?? error}`);
  const firstReasons = [...new Set(reasons)].slice(0, 3);
  const lastRequest = failedRequests.at(-1);
  return (
    [...firstReasons, ...(lastRequest === undefined ? [] : [lastRequest])].join('; ') ||
    'the toolkit gave no reason'
  );
}

/** Removes the signatures of addresses, which the toolkit prints with its retries. */
export function redactSignatures(text: string): string {
  return text.replace(/([?&](?:sig|se|sp|sv|skoid|sktid)=)[^&\s"']+/g, '$1…');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: escapeData */
function unescapeCommand(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
