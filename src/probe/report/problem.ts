import { type ErrorCode, getErrorMessage, TfcacheError } from '../../platform/error.ts';
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

/** By what the transports' own errors say. First match wins. */
const KINDS: readonly (readonly [RegExp, ProblemKind])[] = [
  [/certificate|does not speak TLS|speaks TLS|before TLS was established/, 'tls'],
  [/\bproxy\b/i, 'proxy'],
  [/redirects to an address that is not safe|web page came in place/, 'captive-portal'],
  [/refuses access/, 'forbidden'],
  [/too many requests|cannot answer now|is full/, 'full'],
  [/no host named|could not be (looked up|resolved)/, 'dns'],
  [/refuses the connection|Connection refused/, 'refused'],
  [/reset it/, 'reset'],
  [/before it said anything/, 'closed'],
  [/is no rsync daemon/, 'not-rsync'],
  [/did not answer within|sent nothing for|made no progress|stalled/, 'silent'],
  [/cannot be reached/, 'unreachable'],
  [/has nothing at this address|but the folder|folder is not there/, 'unknown-folder'],
  [/not a listing|listing/, 'no-listing'],
  [/may not (be )?read/, 'access-denied'],
  [/is not used for|cannot be used/, 'usage'],
];

/** Codes of errors in what the user wrote or configured. */
const SETTINGS: readonly ErrorCode[] = ['usage', 'configuration'];

/** The kind of problem that a message of a transport is about. */
export function classifyMessage(message: string): ProblemKind | undefined {
  return KINDS.find(([says]) => says.test(message))?.[1];
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
  const kind = classifyMessage(error.message);
  return {
    kind: refusal?.kind ?? kind ?? (SETTINGS.includes(error.code) ? 'usage' : 'failed'),
    message: error.message,
    found: refusal?.found ?? error.found,
    hint: error.hint ?? 'Name another mirror.',
  };
}
