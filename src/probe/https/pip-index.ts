import { PIP_CONFIGURED_INDEX } from '../../bucket/buckets.ts';
import { findPipIndex } from '../../mirror/package-index/pip-index.ts';
import { TfcacheError } from '../../platform/error.ts';
import { toProblem } from '../report/problem.ts';
import { type ProbeTarget, parseProbeTargets } from '../target.ts';

/** Puts the index of pip's own configuration in the place of `pypi=pip`, as a pull does; leaves every other target as it is. */
export async function resolvePipIndex(
  target: ProbeTarget,
  environment: NodeJS.ProcessEnv,
): Promise<ProbeTarget> {
  if (target.transport !== 'index' || target.url !== PIP_CONFIGURED_INDEX) return target;
  try {
    const { url, source: from } = await findPipIndex({ environment, platform: process.platform });
    const [found] = parseProbeTargets([`${target.bucket}=${url}`]);
    if (found?.transport === 'index') return { ...found, from };
    throw new TfcacheError('mirror-invalid', 'What pip is configured to ask is no package index.', {
      where: from,
      hint: 'Name the index itself: pypi=https://host/simple/',
    });
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    return { ...target, problem: toProblem(error) };
  }
}
