import type { Log } from '../../src/platform/log.ts';

/** A log that keeps what it was told, a line each, with its level in front. */
export function recordingLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return {
    lines,
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
    debug: at('debug'),
  };
}
