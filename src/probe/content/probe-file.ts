import { createFileMirror } from '../../mirror/file/file-mirror.ts';
import { silentLog } from '../../platform/log.ts';
import { createEmptyProbe, type ProbeContext } from '../context.ts';
import { toProblem } from '../report/problem.ts';
import type { MirrorProbe } from '../report/report.ts';
import type { ProbeTarget } from '../target.ts';
import { createMirrorReader } from './content-reader.ts';
import { inspectContent } from './inspect-content.ts';

/** Looks at a mounted share. */
export async function probeFileMirror(
  target: ProbeTarget & { transport: 'file' },
  { freshnessLimit, signal }: ProbeContext,
): Promise<MirrorProbe> {
  const probe = createEmptyProbe(target);
  const { url, bucket } = target;
  try {
    const mirror = createFileMirror({ url, bucket, log: silentLog });
    const { names, freshness, note } = await Promise.race([
      inspectContent(createMirrorReader(mirror, bucket), freshnessLimit, signal),
      // A share whose server is gone blocks for ever, and a system call cannot be called off.
      rejectOnAbort(signal),
    ]);
    const notes = note === undefined ? [] : [note];
    const there = { ...probe, content: names, freshness, notes };
    if (names !== undefined && names.total > 0) {
      return { ...there, verdict: 'usable', problem: undefined };
    }
    const problem = {
      reason: 'mirror-empty' as const,
      message: 'The folder is there, but there is nothing in it.',
      found: undefined,
      hint: 'If it is a mount point, nothing is mounted there: mount the share before this step.',
    };
    return { ...there, verdict: 'unusable', problem };
  } catch (error) {
    return { ...probe, verdict: 'unusable', problem: toProblem(error) };
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
