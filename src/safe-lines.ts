import { logText } from './report/escape.ts';

/**
 * A message of several lines, safe to print: names from mirrors stand in it, and neither a terminal nor a runner may take
 * them for commands to itself.
 */
export function safeLines(message: string): string {
  return message.split('\n').map(logText).join('\n');
}
