import { TfcacheError } from '../../../platform/error.ts';
import type { SessionResult } from '../process/session.ts';
import type { DaemonLogin, RetryAdvice } from './exit-explanation.ts';
import { EXIT_EXPLANATIONS } from './exit-table.ts';

export interface ExplainedFailure {
  error: TfcacheError;
  retry: RetryAdvice;
  /** True when it looks as if the mirror had shut this address out. */
  isReset?: boolean;
}

export interface RsyncFailure extends Omit<SessionResult, 'complaints'> {
  /** What rsync said on standard error. */
  text: string;
  /** True when the mirror had sent anything of a listing or a file before it failed. */
  progressed: boolean;
  /** For messages. */
  url: string;
  timeout: number;
  /** `host:port` of the HTTP proxy that rsync went through; undefined for none. */
  proxy?: string | undefined;
  /** The credentials for a daemon; undefined for SSH. */
  login?: DaemonLogin | undefined;
  /** How the host keys of a machine reached by SSH are obtained. */
  howToKnowHost?: string | undefined;
}

/** What a run of rsync that failed means, and what to do. */
export function explainRsyncFailure(failure: RsyncFailure): ExplainedFailure {
  const how = howItEnded(failure);
  const details = {
    where: failure.url,
    found: failure.text === '' ? how : `${how}: ${printable(failure.text)}`,
  };
  if (failure.stopped === 'aborted') {
    const error = new TfcacheError('transfer-cancelled', 'The transfer was cancelled.', {
      where: failure.url,
      hint: 'Run again: what is complete is kept, and what is partial is gone on from.',
    });
    return { error, retry: 'no' };
  }
  if (failure.stopped === 'memory') {
    const message = 'What the mirror sent took too much memory; rsync was ended.';
    const hint =
      'No honest mirror lists that much: name another one, or ask for a folder further down.';
    return {
      error: new TfcacheError('listing-too-large', message, { ...details, hint }),
      retry: 'no',
    };
  }
  if (failure.stopped !== undefined) {
    const message = `The mirror made no progress for ${3 * failure.timeout} seconds; rsync was ended.`;
    const hint = 'Run again later, or name another mirror. What came before is kept.';
    return {
      error: new TfcacheError('mirror-timeout', message, { ...details, hint }),
      retry: 'soon',
    };
  }
  if (failure.signal !== undefined) {
    const message = `rsync was ended by ${failure.signal}, not by tfcache.`;
    const hint =
      'Look for a lack of memory on this machine; an old rsync that crashes is replaced by 3.5.0 or later.';
    return {
      error: new TfcacheError('program-failed', message, { ...details, hint }),
      retry: 'no',
    };
  }
  for (const explanation of EXIT_EXPLANATIONS) {
    if (explanation.over === 'proxy' && failure.proxy === undefined) continue;
    if (explanation.over === 'ssh' && failure.howToKnowHost === undefined) continue;
    if (explanation.login !== undefined && explanation.login !== failure.login) continue;
    const match = explanation.says?.exec(failure.text);
    const applies =
      match !== null && match !== undefined
        ? true
        : explanation.exitCodes?.includes(failure.exitCode ?? -1) === true;
    if (!applies) continue;
    const fill = (text: string) =>
      text
        .replace('$1', () => printable(match?.[1] ?? ''))
        .replace('$timeout', String(failure.timeout))
        .replace('$proxy', () => failure.proxy ?? '')
        .replace('$howToKnowHost', () => failure.howToKnowHost ?? '');
    const retry =
      explanation.retry === 'once-later' && failure.progressed ? 'soon' : explanation.retry;
    const error = new TfcacheError(explanation.reason, fill(explanation.message), {
      ...details,
      hint: fill(explanation.hint),
    });
    return { error, retry, isReset: explanation.retry === 'once-later' && !failure.progressed };
  }
  const hint =
    'Run again; if it happens again, run the same rsync by hand, or name another mirror.';
  const error = new TfcacheError('program-failed', 'rsync failed.', { ...details, hint });
  return { error, retry: 'no' };
}

function howItEnded(failure: RsyncFailure): string {
  if (failure.signal !== undefined) return `rsync ended by ${failure.signal}`;
  return `rsync exit code ${failure.exitCode ?? 'unknown'}`;
}

/** Text of a peer as one bounded piece without control characters: it goes to logs that read commands from lines. */
function printable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 1000);
}
