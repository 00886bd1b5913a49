import type { ErrorReason } from '../../../platform/error.ts';
import { EMPTY_SECRETS_HINT } from '../../empty-secrets.ts';
import type { ExitExplanation } from './exit-explanation.ts';

/** What a daemon answers instead of serving (clientserver.c), or what else answers in its place. First match wins. */
export const REFUSAL_EXPLANATIONS: readonly ExitExplanation[] = [
  {
    says: /server sent "([^"]*)/,
    reason: 'not-rsync',
    message: 'Something answered that is no rsync daemon: "$1".',
    hint: 'A proxy, a captive portal or a web server stands at this address. Check host and port; rsync daemons listen on 873.',
    retry: 'no',
  },
  {
    says: /@ERROR: Unknown module '([^']*)'/,
    reason: 'module-unknown',
    message: "The mirror has no module '$1'.",
    hint: 'Correct the module in the mirror URL.',
    retry: 'no',
  },
  {
    says: /@ERROR: (max connections \(\d+\) reached)/,
    reason: 'mirror-busy',
    message: 'The mirror is full: $1.',
    hint: 'Run again later, or name another mirror.',
    retry: 'soon',
  },
  {
    says: /@ERROR: auth failed on module ([^\n]*)/,
    login: 'no-user',
    reason: 'login-required',
    message:
      'The mirror wants a user name and a password for its module $1, and the URL names no user.',
    hint: 'Write the user name into the URL (rsync://USER@host/module/), and set the input rsync-password.',
    retry: 'no',
  },
  {
    says: /@ERROR: auth failed on module ([^\n]*)/,
    login: 'no-password',
    reason: 'login-required',
    message: 'The mirror wants a password for its module $1, and none was given.',
    hint: 'Set the input rsync-password from a secret (command line: the variable TFCACHE_RSYNC_PASSWORD).',
    retry: 'no',
  },
  {
    says: /@ERROR: auth failed on module ([^\n]*)/,
    login: 'empty-password',
    reason: 'login-required',
    message:
      'The mirror wants a password for its module $1, and the input rsync-password is empty.',
    hint: `Set it from a secret, and check that the secret exists in this repository or environment. ${EMPTY_SECRETS_HINT}`,
    retry: 'no',
  },
  {
    says: /@ERROR: auth failed on module ([^\n]*)/,
    reason: 'login-refused',
    message: 'The mirror refused the user name or the password for its module $1.',
    hint: 'Check the user name in the URL (rsync://user@host/module/) and the input rsync-password.',
    retry: 'no',
  },
  {
    says: /@ERROR: access denied to (\S+)/,
    reason: 'access-denied',
    message: "The mirror does not serve its module '$1' to this address.",
    hint: "Ask the mirror's operator to allow this machine, or name another mirror.",
    retry: 'no',
  },
  {
    says: /@ERROR: (chdir failed|chroot failed|invalid [^\n]*)/,
    reason: 'folder-unknown',
    message: 'The mirror cannot serve the module: $1.',
    hint: "The module's folder is missing on the mirror. Tell its operator, or name another mirror.",
    retry: 'no',
  },
  {
    says: /@ERROR: ([^\n]*(?:try again|later|temporar|\bbusy\b|too many|overload|maintenance)[^\n]*)/i,
    reason: 'mirror-busy',
    message: 'The mirror does not serve now: $1.',
    hint: 'Run again later, or name another mirror.',
    retry: 'soon',
  },
  {
    says: /@ERROR: ([^\n]+)/,
    reason: 'mirror-refused',
    message: 'The mirror refused: $1.',
    hint: 'Follow what the mirror says, ask its operator, or name another mirror.',
    retry: 'no',
  },
  {
    says: /configured to refuse ([^\n(]*)/,
    reason: 'option-refused',
    message: 'The mirror is configured to refuse an option that is needed: $1.',
    hint: "Ask the mirror's operator to allow it, or name another mirror.",
    retry: 'no',
  },
];

/**
 * Explains the refusal of an rsync daemon that was contacted without an rsync program and without credentials. `found` are the
 * daemon's own words. Returns undefined for a text without a refusal.
 */
export function explainDaemonRefusal(
  text: string,
): { reason: ErrorReason; message: string; found: string; hint: string } | undefined {
  for (const { says, login, reason, message, hint } of REFUSAL_EXPLANATIONS) {
    const match = login === undefined ? says?.exec(text) : undefined;
    if (match?.[0].startsWith('@ERROR:') !== true) continue;
    return { reason, message: message.replace('$1', () => match[1] ?? ''), found: match[0], hint };
  }
  return undefined;
}
