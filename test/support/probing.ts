import { type ProbeOptions, probeMirrors } from '../../src/probe/probe.ts';
import { renderProbeReport } from '../../src/probe/report/render.ts';
import type { MirrorProbe, ProbeReport } from '../../src/probe/report/report.ts';
import { parseProbeTargets } from '../../src/probe/target.ts';

/** 2026-11-22T09:00:00Z */
export const NOW = Date.UTC(2026, 10, 22, 9) / 1000;

/** Looks at mirrors as `tfcache probe` does, at a fixed time; a test states only what matters to it. */
export function probeAll(
  mirrors: readonly string[],
  options: Partial<ProbeOptions> = {},
): Promise<ProbeReport> {
  return probeMirrors({
    targets: parseProbeTargets(mirrors),
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    rsyncPath: 'rsync',
    rsyncPassword: undefined,
    proxy: undefined,
    nowMs: NOW * 1000,
    ...options,
  });
}

/** Of one mirror, with what is printed about it. */
export async function probeMirror(
  mirror: string,
  options: Partial<ProbeOptions> = {},
): Promise<MirrorProbe & { printed: string }> {
  const report = await probeAll([mirror], options);
  const [found] = report.mirrors;
  if (found === undefined) throw new Error('the mirror is missing in the report');
  return { ...found, printed: renderProbeReport(report, { colour: 'plain' }).join('\n') };
}
