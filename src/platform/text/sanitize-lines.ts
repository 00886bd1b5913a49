import { escapeForLog } from './escape.ts';
import { maskSecrets } from './mask-secrets.ts';

/**
 * Makes a message of several lines safe to print: escapes what a terminal or a runner would treat as a command, and masks possible
 * secrets in addresses.
 */
export function sanitizeLines(message: string): string {
  return maskSecrets(message).split('\n').map(escapeForLog).join('\n');
}
