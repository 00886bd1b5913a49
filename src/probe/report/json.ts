import type { ProbeReport } from './report.ts';

/** The report as JSON text, ending in a newline. What is not known is `null`, so that every key is always there. */
export function formatProbeJson(report: ProbeReport): string {
  const text = JSON.stringify(
    report,
    (_key, value: unknown) => (value === undefined ? null : value),
    2,
  );
  return `${text}\n`;
}
