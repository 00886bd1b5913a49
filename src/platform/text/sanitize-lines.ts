import { escapeForLog } from './escape.ts';
import { maskSecrets } from './mask-secrets.ts';

/**
 * Returns a message of several lines, safe to print: neither a terminal nor a runner takes a name from a mirror in it for a
 * command to itself, and what may be a secret in an address is masked.
 */
export function sanitizeLines(message: string): string {
  return maskSecrets(message).split('\n').map(escapeForLog).join('\n');
}
