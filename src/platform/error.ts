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

/**
 * Why an operation failed, each with the code that it leads to. Programs decide by the reason, people read the message. A
 * reason is added here when somebody must tell two failures apart; the JSON report holds it.
 */
export const ERROR_REASONS = {
  // What the user wrote.
  'input-invalid': 'usage',
  'command-line-invalid': 'usage',
  'request-invalid': 'usage',
  'mirror-invalid': 'usage',
  'filter-invalid': 'usage',
  'lockfile-invalid': 'usage',
  'machine-unsupported': 'usage',
  'machine-not-locked': 'usage',
  'python-missing': 'usage',
  'files-conflict': 'usage',
  'name-unsupported': 'usage',
  'link-unsupported': 'usage',
  'credentials-invalid': 'usage',
  'store-missing': 'usage',
  'file-unusable': 'usage',

  // What the bytes are.
  'checksum-mismatch': 'integrity',
  'size-mismatch': 'integrity',
  'file-changed': 'integrity',
  'lockfile-mismatch': 'integrity',

  // What a mirror does not have.
  'nothing-matched': 'nothing-matched',
  'file-missing': 'nothing-matched',

  // What may pass: a retry can help.
  'host-not-found': 'no-mirror',
  'mirror-unreachable': 'no-mirror',
  'connection-refused': 'no-mirror',
  'connection-reset': 'no-mirror',
  'connection-closed': 'no-mirror',
  'closed-before-greeting': 'no-mirror',
  'mirror-timeout': 'no-mirror',
  'mirror-busy': 'no-mirror',
  'mirror-changed': 'no-mirror',
  'mirror-incomplete': 'no-mirror',
  'protocol-error': 'no-mirror',
  'listing-too-large': 'no-mirror',
  'proxy-unreachable': 'no-mirror',
  'captive-portal': 'no-mirror',

  // What stays until somebody changes a setting.
  'module-unknown': 'configuration',
  'folder-unknown': 'configuration',
  'bucket-unknown': 'configuration',
  'login-refused': 'configuration',
  'login-required': 'configuration',
  'access-denied': 'configuration',
  'host-key-unknown': 'configuration',
  'host-key-changed': 'configuration',
  'certificate-untrusted': 'configuration',
  'tls-unsupported': 'configuration',
  'tls-required': 'configuration',
  'ssh-incompatible': 'configuration',
  'ssh-key-unusable': 'configuration',
  'remote-shell-output': 'configuration',
  'mirror-refused': 'configuration',
  'proxy-refused': 'configuration',
  'not-rsync': 'configuration',
  'not-ssh': 'configuration',
  'not-listable': 'configuration',
  'option-refused': 'configuration',
  'rsync-incompatible': 'configuration',
  'remote-rsync-missing': 'configuration',
  'pip-missing': 'configuration',
  'pip-index-disabled': 'configuration',
  'package-index-unsupported': 'configuration',
  'mirror-missing': 'configuration',
  'not-cached': 'configuration',
  'not-locked': 'configuration',
  'answer-unusable': 'configuration',

  // What the machine lacks.
  'disk-full': 'no-space',
  'permission-denied': 'failed',
  'read-only-file-system': 'failed',
  'file-error': 'failed',
  'out-of-memory': 'failed',
  'program-missing': 'failed',
  'program-failed': 'failed',
  'lock-timeout': 'failed',
  'format-unsupported': 'failed',
  'destination-obstructed': 'failed',
  'destination-modified': 'failed',
  'store-damaged': 'failed',
  'not-delivered': 'failed',
  'cache-miss': 'failed',
  'program-unsupported': 'failed',
  'lockfile-outdated': 'failed',
  'transfer-cancelled': 'failed',
  defect: 'failed',
  interrupted: 'interrupted',
} as const satisfies Readonly<Record<string, ErrorCode>>;

export type ErrorReason = keyof typeof ERROR_REASONS;

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
 * The one error of tfcache. `reason` is for programs, the message says what happened, and `where`, `expected`, `found` and
 * `hint` give the details. Only the outermost edge (the action, the command line) turns it into annotations and exit codes.
 */
export class TfcacheError extends Error {
  override readonly name = 'TfcacheError';
  readonly reason: ErrorReason;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly where: string | undefined;

  constructor(reason: ErrorReason, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.code = ERROR_REASONS[reason];
    this.hint = details.hint;
    this.expected = details.expected;
    this.found = details.found;
    this.where = details.where;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** Returns the message of anything that was thrown. A connection to a host with several addresses fails with one error for each. */
export function getErrorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  return error.errors.map(getErrorMessage).join('; ');
}

/** All of an error as lines for a log: the message, where, expected and found, what to do next. */
export function describeError(error: unknown): string {
  if (!(error instanceof TfcacheError)) return getErrorMessage(error);
  const lines = [error.message];
  if (error.where !== undefined) lines.push(`  where:    ${error.where}`);
  if (error.expected !== undefined) lines.push(`  expected: ${error.expected}`);
  if (error.found !== undefined) lines.push(`  found:    ${error.found}`);
  if (error.hint !== undefined)
    lines.push(`  next:     ${error.hint.replaceAll('\n', '\n            ')}`);
  return lines.join('\n');
}
