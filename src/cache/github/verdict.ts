import { describeWrongAnswer, isOfService, isPage, refusal } from './permanent-answer.ts';
import type { GithubTask, GithubTaskResult } from './worker-task.ts';

/** What a call of the toolkit came to. `down` says that further calls would end the same way. */
export type Verdict =
  | { kind: 'done'; matchedKey: string | undefined }
  | { kind: 'missing' }
  | { kind: 'already-there' }
  | { kind: 'denied'; reason: string }
  /** The entry was fetched, and is not an archive that tfcache made: no later try will fare better. */
  | { kind: 'broken'; reason: string }
  | { kind: 'failed'; reason: string; down: boolean };

/** Policies of the service, by the words its answers begin with (`@actions/cache`: CACHE_WRITE_DENIED_PREFIX, …). */
const DENIED = /cache (?:write|read) denied:.*/;
/** Set by the service when the same key, version and scope is there or being written; act's says `already exist`. */
const ALREADY_THERE = /\(409\)|already exist/i;
const RATE_LIMITED = /rate limit(?:ed)?|\(429\)/i;
const UNREACHABLE = /failed to make request after|unable to make request: [A-Z]+/i;
const LOCAL_TROUBLE =
  /No space left|quota exceeded|Read-only file system|Permission denied|Operation not permitted|Cannot allocate|Input\/output error|failed: signal|Too many open/i;
/** The credentials are not taken, also those in an address for bytes: no other pack will fare better. */
const UNAUTHORIZED = /\(401\)|\(403\)/;

/**
 * Reads from what the toolkit printed why it returned -1 or undefined: it never throws for what goes wrong in the world.
 */
export function judge(task: GithubTask, result: GithubTaskResult): Verdict {
  if (result.error !== undefined) return { kind: 'failed', reason: result.error, down: false };
  if (task.operation === 'save') return judgeSave(result);
  if (result.matchedKey !== undefined) return { kind: 'done', matchedKey: result.matchedKey };
  const complaints = complaintsOf(result);
  const text = complaints.join('\n');
  const denied = DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (complaints.length === 0) return { kind: 'missing' };
  // Found, but evicted before it was fetched: the toolkit saves the error page as the archive and tar chokes on it.
  const gone = result.http.some(
    (event) =>
      event.method !== 'POST' &&
      (event.status === 404 || event.status === 410) &&
      !isOfService(event),
  );
  if (gone) return { kind: 'missing' };
  return isBroken(text)
    ? { kind: 'broken', reason: summarize(complaints, result) }
    : failed(complaints, result);
}

/** Extracting failed, and not for want of room or rights on this machine. The toolkit has compared the length before. */
function isBroken(text: string): boolean {
  return /tar(?:\.exe)?" failed with error/.test(text) && !LOCAL_TROUBLE.test(text);
}

function judgeSave(result: GithubTaskResult): Verdict {
  if (result.saved) return { kind: 'done', matchedKey: undefined };
  const complaints = complaintsOf(result);
  const text = complaints.join('\n');
  const denied = DENIED.exec(text);
  if (denied !== null) return { kind: 'denied', reason: denied[0] };
  if (ALREADY_THERE.test(text)) return { kind: 'already-there' };
  return failed(complaints, result);
}

function failed(complaints: readonly string[], result: GithubTaskResult): Verdict {
  const refused = refusal(result.http);
  if (refused !== undefined && isPage(refused)) {
    return { kind: 'failed', reason: describeWrongAnswer(refused), down: true };
  }
  const reason = summarize(complaints, result);
  const down =
    refused !== undefined ||
    [RATE_LIMITED, UNREACHABLE, UNAUTHORIZED].some((pattern) => pattern.test(reason));
  return { kind: 'failed', reason, down };
}

/** Warnings and errors of the toolkit, what it hides of a refused reservation in debug lines, and what tar said. */
function complaintsOf(result: GithubTaskResult): string[] {
  const complaints = result.lines.flatMap((line) => {
    const found =
      /^::(?:warning|error)[^:]*::(.*)$/.exec(line) ??
      /^::debug::(Failed to reserve cache: .*)$/.exec(line) ??
      /^(Failed to save: .*)$/.exec(line) ??
      /^(?:\S*\/)?((?:tar|gtar|zstd|unzstd|gzip): .*)$/.exec(line);
    return found?.[1] === undefined ? [] : [redact(unescapeCommand(found[1]))];
  });
  return [...new Set(complaints)];
}

function summarize(complaints: readonly string[], result: GithubTaskResult): string {
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
  const http = result.http
    .filter(({ status }) => status === undefined || status >= 400)
    .map(({ method, address, status, error }) => `${method} ${address}: ${status ?? error}`);
  const first = [...new Set(reasons)].slice(0, 3);
  const last = http.at(-1);
  return (
    [...first, ...(last === undefined ? [] : [last])].join('; ') || 'the toolkit gave no reason'
  );
}

/** What can be read from the lines while a task hangs: the toolkit tells of its retries. */
export function redact(text: string): string {
  return text.replace(/([?&](?:sig|se|sp|sv|skoid|sktid)=)[^&\s"']+/g, '$1…');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: escapeData */
function unescapeCommand(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
