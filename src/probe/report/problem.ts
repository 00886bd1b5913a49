import {
  ERROR_REASONS,
  type ErrorReason,
  getErrorMessage,
  TfcacheError,
} from '../../platform/error.ts';
import { classifyDaemonRefusal } from '../rsync/daemon-refusal.ts';
import type { Problem, ProblemKind } from './report.ts';

/** A problem thrown on its way to the report; it does not leave this folder. */
export class ProbeError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The time for one mirror is up. */
export function createTimeoutError(): ProbeError {
  return new ProbeError({
    kind: 'time',
    message: 'The mirror answers too slowly: looking at it took longer than it may.',
    found: undefined,
    hint: 'It may be overloaded: run again later, or name another mirror.',
  });
}

/** The kinds of problems by the reason of the error. A reason that is not listed has the kind of its code. */
const KINDS: Partial<Readonly<Record<ErrorReason, ProblemKind>>> = {
  'host-not-found': 'dns',
  'connection-refused': 'refused',
  'connection-reset': 'reset',
  'closed-before-greeting': 'closed',
  'connection-closed': 'closed',
  'mirror-unreachable': 'unreachable',
  'mirror-timeout': 'silent',
  'mirror-busy': 'full',
  'proxy-refused': 'proxy',
  'proxy-unreachable': 'proxy',
  'captive-portal': 'captive-portal',
  'certificate-untrusted': 'tls',
  'tls-unsupported': 'tls',
  'tls-required': 'tls',
  'not-rsync': 'not-rsync',
  'module-unknown': 'unknown-module',
  'folder-unknown': 'unknown-folder',
  'bucket-unknown': 'unknown-folder',
  'login-required': 'auth',
  'login-refused': 'auth',
  'access-denied': 'access-denied',
  'not-listable': 'no-listing',
  'listing-too-large': 'no-listing',
};

/** Returns the kind of problem that an error of this reason is for a probe. */
export function getProblemKind(reason: ErrorReason): ProblemKind {
  const kind = KINDS[reason];
  if (kind !== undefined) return kind;
  const code = ERROR_REASONS[reason];
  return code === 'usage' || code === 'configuration' ? 'usage' : 'failed';
}

/**
 * Any error as a problem. Errors of the transports say what happened and what to do already; what an rsync daemon refused
 * with is classified by its own words.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProbeError) return error.problem;
  if (!(error instanceof TfcacheError)) {
    return {
      kind: 'failed',
      message: getErrorMessage(error),
      found: undefined,
      hint: 'Run it again; name another mirror if it happens again.',
    };
  }
  const refusal = classifyDaemonRefusal(error.found ?? '');
  return {
    kind: refusal?.kind ?? getProblemKind(error.reason),
    message: error.message,
    found: refusal?.found ?? error.found,
    hint: error.hint ?? 'Name another mirror.',
  };
}
