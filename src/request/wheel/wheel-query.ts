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

/** The qualifiers of a request, with defaults from the machine. */
export interface WheelDefaults {
  /**
   * As the request names it (`3.11`, `3.11.7`, `3.14t`). Default: the first two numbers of the machine's version, so that jobs
   * on 3.11.7 and 3.11.9 share an entry of the lockfile.
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

/** Everything that determines which wheel is chosen. */
export interface WheelQuery {
  search: WheelSearch;
  python: string;
  pythonVersion: PythonVersion;
  ranks: TagRanks;
  /** Returns the full version that `Requires-Python` is compared with. May start Python. */
  getPythonRelease(): Promise<PythonRelease>;
}

/** @throws TfcacheError `request-invalid` if no wheel is known for the machine */
export async function createWheelQuery(request: Request, machine: Machine): Promise<WheelQuery> {
  const { python, platform, device } = await resolveWheelDefaults(request, machine);
  const pythonVersion = parsePythonVersion(python);
  const family = getPlatformFamily(platform);
  if (pythonVersion === undefined || family === undefined) {
    throw createRequestUsageError(
      request,
      `no wheel is known for python ${python} on ${platform}.`,
      {
        hint: 'To request a wheel for another machine, add ?python=3.11&platform=linux_x86_64',
      },
    );
  }
  const project = normalizeProject(request.name);
  const specifier = parseRequestSpecifier(request);
  const isRequested = request.qualifiers['python'] !== undefined;
  return {
    search: { project, specifier, family, platform, device },
    python,
    pythonVersion,
    ranks: rankTags(pythonVersion, platform),
    getPythonRelease: async () =>
      toPythonRelease(
        (isRequested
          ? undefined
          : parsePythonVersion((await machine.getFullPythonVersion?.()) ?? '')) ?? pythonVersion,
      ),
  };
}

/** Returns a note that `3.11` was read as 3.11.0, for requests in which another patch release may get another wheel. */
export function describeAssumedRelease(
  { python, pythonVersion }: WheelQuery,
  release: PythonRelease,
): string {
  const patch = `${pythonVersion.major}.${pythonVersion.minor}.7${pythonVersion.isFreeThreaded === true ? 't' : ''}`;
  return `Python ${python} was read as ${release.version}, like pip download --python-version ${python}, and Requires-Python of some wheels depends on the patch release. To set it, write for example python=${patch}`;
}
