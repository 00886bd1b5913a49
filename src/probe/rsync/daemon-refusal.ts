import type { Problem } from '../report/report.ts';

interface Refusal {
  pattern: RegExp;
  kind: Problem['kind'];
  message: string;
  hint: string;
}

/** What an rsync daemon answers instead of a module (clientserver.c); `$1` is the first group. */
const REFUSALS: readonly Refusal[] = [
  {
    pattern: /@ERROR: Unknown module '([^']*)'/,
    kind: 'unknown-module',
    message: 'The mirror has no module $1.',
    hint: 'Correct the module in the mirror URL.',
  },
  {
    pattern: /@ERROR: (max connections \(\d+\) reached)/,
    kind: 'full',
    message: 'The mirror is full now: $1.',
    hint: 'Run again later, or name another mirror; a mirror is not asked more often than once a minute.',
  },
  {
    pattern: /@ERROR: auth failed on module (\S+)/,
    kind: 'auth',
    message: 'The mirror refused the user name or the password for its module $1.',
    hint: 'Check the user name in the URL (rsync://user@host/module/) and the input rsync-password.',
  },
  {
    pattern: /@ERROR: access denied to (\S+)/,
    kind: 'access-denied',
    message: 'The mirror has a module $1, but does not serve it to this address.',
    hint: 'Ask the mirror’s operator to allow this machine, or name another mirror.',
  },
  {
    pattern: /@ERROR: (chdir failed|chroot failed|invalid [^\n]*)/,
    kind: 'unknown-folder',
    message: 'The mirror cannot serve the module: $1.',
    hint: 'Its folder is missing on the mirror. Tell the operator, or name another mirror.',
  },
  {
    pattern: /@ERROR: ([^\n]+)/,
    kind: 'failed',
    message: 'The mirror refused: $1.',
    hint: 'Follow what the mirror says, ask its operator, or name another mirror.',
  },
];

/** Undefined for a text without a daemon's refusal. */
export function classifyDaemonRefusal(text: string): Problem | undefined {
  for (const { pattern: says, kind, message, hint } of REFUSALS) {
    const match = says.exec(text);
    if (match === null) continue;
    return { kind, message: message.replace('$1', () => match[1] ?? ''), found: match[0], hint };
  }
  return undefined;
}
