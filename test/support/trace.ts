import type { Trace } from '../../src/probe/status/trace.ts';

/** The text of a trace, as whoever keeps a mirror writes it. */
export function traceText(trace: Omit<Trace, 'format'>): string {
  return `${JSON.stringify({ format: 'tfcache-trace/1', ...trace }, null, 2)}\n`;
}
