import { normalizeProject } from '../../mirror/package-index/project-name.ts';
import type { Machine, Request } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import { getPlatformFamily } from '../version/platform-tags.ts';
import { parseRequestSpecifier } from '../version/request-specifier.ts';
import { type PythonRelease, toPythonRelease } from '../version/requires-python.ts';
import {
  type PythonVersion,
  parsePythonVersion,
  rankTags,
  type TagRanks,
} from '../version/tags.ts';
import type { WheelDevice, WheelSearch } from './wheel-folders.ts';

/** What a wheel is asked for, with what the request leaves out filled in from the machine. */
export interface WheelDefaults {
  /**
   * As the request names it (`3.11`, `3.11.7`, `3.14t`), else the first two numbers of the machine's: jobs on 3.11.7 and
   * 3.11.9 share a lockfile entry, and a request that names a patch release has an entry of its own.
   */
  python: string;
  platform: string;
  device: WheelDevice;
}

export async function resolveWheelDefaults(
  { qualifiers }: Request,
  machine: Machine,
): Promise<WheelDefaults> {
  return {
    python: qualifiers['python'] ?? (await machine.getPythonVersion()),
    platform: qualifiers['platform'] ?? machine.getPlatform(),
    device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
  };
}

/** All that decides which wheel is the right one. */
export interface WheelQuery {
  search: WheelSearch;
  python: string;
  pythonVersion: PythonVersion;
  ranks: TagRanks;
  /** The full version that `Requires-Python` is compared with; may start Python. */
  getPythonRelease(): Promise<PythonRelease>;
}

/** @throws TfcacheError `usage` for a machine that no wheel is known for. */
export async function createWheelQuery(request: Request, machine: Machine): Promise<WheelQuery> {
  const { python, platform, device } = await resolveWheelDefaults(request, machine);
  const pythonVersion = parsePythonVersion(python);
  const family = getPlatformFamily(platform);
  if (pythonVersion === undefined || family === undefined) {
    throw createRequestUsageError(
      request,
      `no wheel is known for python ${python} on ${platform}.`,
      {
        hint: 'Say what the wheel is for: ?python=3.11&platform=linux_x86_64',
      },
    );
  }
  const project = normalizeProject(request.name);
  const specifier = parseRequestSpecifier(request);
  const isAsked = request.qualifiers['python'] !== undefined;
  return {
    search: { project, specifier, family, platform, device },
    python,
    pythonVersion,
    ranks: rankTags(pythonVersion, platform),
    getPythonRelease: async () =>
      toPythonRelease(
        (isAsked
          ? undefined
          : parsePythonVersion((await machine.getFullPythonVersion?.()) ?? '')) ?? pythonVersion,
      ),
  };
}

/** Says that `3.11` was taken for 3.11.0 where another patch release could get another wheel. */
export function describeAssumedRelease(
  { python, pythonVersion }: WheelQuery,
  release: PythonRelease,
): string {
  const patch = `${pythonVersion.major}.${pythonVersion.minor}.7${pythonVersion.isFreeThreaded === true ? 't' : ''}`;
  return `Python ${python} stands for ${release.version}, as in pip download --python-version ${python}, and Requires-Python of some wheels depends on the patch release. To name it, write for example python=${patch}`;
}
