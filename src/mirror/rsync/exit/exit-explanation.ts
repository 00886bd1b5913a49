import type { ErrorReason } from '../../../platform/error.ts';

/** The credentials for a daemon: what is missing of them, or `complete`. */
export type DaemonLogin = 'no-user' | 'no-password' | 'empty-password' | 'complete';

/** Whether a further try makes sense: never, after a short pause, or one time after a long pause. */
export type RetryAdvice = 'no' | 'soon' | 'once-later';

/** One way in which rsync can end, in words for the user. */
export interface ExitExplanation {
  exitCodes?: readonly number[];
  /** Found in what rsync said; its first group is `$1` in message and hint. */
  says?: RegExp;
  /** Applies only when the mirror is reached this way. */
  over?: 'proxy' | 'ssh';
  /** Applies only when these were the credentials. */
  login?: DaemonLogin;
  reason: ErrorReason;
  message: string;
  hint: string;
  retry: RetryAdvice;
}
