import { type ProbeOptions, probe } from '../../src/probe/probe.ts';
import { renderProbe } from '../../src/probe/report/render.ts';
import type { MirrorProbe, ProbeReport } from '../../src/probe/report/report.ts';
import { parseTargets } from '../../src/probe/target.ts';

/** 2026-11-22T09:00:00Z */
export const NOW = Date.UTC(2026, 10, 22, 9) / 1000;

/** Looks at mirrors as `tfcache probe` does, at a fixed time; a test states only what matters to it. */
export function probeMirrors(
  mirrors: readonly string[],
  options: Partial<ProbeOptions> = {},
): Promise<ProbeReport> {
  return probe({
    targets: parseTargets(mirrors),
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    rsyncPath: 'rsync',
    rsyncPassword: undefined,
    proxy: undefined,
    now: NOW * 1000,
    ...options,
  });
}

/** Of one mirror, with what is printed about it. */
export async function probeMirror(
  mirror: string,
  options: Partial<ProbeOptions> = {},
): Promise<MirrorProbe & { printed: string }> {
  const report = await probeMirrors([mirror], options);
  const [found] = report.mirrors;
  if (found === undefined) throw new Error('the mirror is missing in the report');
  return { ...found, printed: renderProbe(report, { colour: 'plain' }).join('\n') };
}
