/** What went wrong, in the words of the command line's exit codes. */
export type ErrorCode =
  | 'failed'
  | 'usage'
  | 'integrity'
  | 'nothing-matched'
  | 'no-mirror'
  | 'no-space'
  | 'configuration'
  | 'interrupted';

/** The exit code of each kind of error: part of the command line's contract. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  failed: 1,
  usage: 2,
  integrity: 3,
  'nothing-matched': 4,
  'no-mirror': 5,
  'no-space': 6,
  // A retry does not help: unknown module, wrong password, bucket without a mirror, offline and not cached.
  configuration: 7,
  // As shells report a process that SIGINT ended.
  interrupted: 130,
};

export interface ErrorDetails {
  /** What the user does next, one sentence or a few lines. */
  hint?: string;
  /** What should have been there: a digest, a size, a form. */
  expected?: string;
  /** What was there. */
  found?: string;
  /** Where it happened: a mirror's URL, a file, an input's name and line. */
  where?: string;
  cause?: unknown;
}

/**
 * The one error of tfcache. Its message says what happened; `where`, `expected`, `found` and `hint` say the rest.
 * Only the outermost edge (the action, the command line) turns it into annotations and exit codes.
 */
export class TfcacheError extends Error {
  override readonly name = 'TfcacheError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly where: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.expected = details.expected;
    this.found = details.found;
    this.where = details.where;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** All of an error as lines for a log: the message, where, expected and found, what to do next. */
export function describeError(error: unknown): string {
  if (!(error instanceof TfcacheError)) {
    return error instanceof Error ? error.message : String(error);
  }
  const lines = [error.message];
  if (error.where !== undefined) lines.push(`  where:    ${error.where}`);
  if (error.expected !== undefined) lines.push(`  expected: ${error.expected}`);
  if (error.found !== undefined) lines.push(`  found:    ${error.found}`);
  if (error.hint !== undefined)
    lines.push(`  next:     ${error.hint.replaceAll('\n', '\n            ')}`);
  return lines.join('\n');
}
