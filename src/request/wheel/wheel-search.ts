import type { Machine, Request } from '../request.ts';
import { usageError } from '../request-error.ts';
import { platformFamily } from '../version/platform-tags.ts';
import { readSpecifier } from '../version/request-specifier.ts';
import { type PythonRelease, releaseOf } from '../version/requires-python.ts';
import { type PythonVersion, parsePython, type TagRanks, tagRanks } from '../version/tags.ts';
import { normalizeProject } from './project-name.ts';
import type { Device, WheelSearch } from './wheel-folders.ts';

/** What a wheel is asked for, with what the request leaves out filled in from the machine. */
export interface WheelDefaults {
  /**
   * As the request names it (`3.11`, `3.11.7`, `3.14t`), else the first two numbers of the machine's: jobs on 3.11.7 and
   * 3.11.9 share a lockfile entry, and a request that names a patch release has an entry of its own.
   */
  python: string;
  platform: string;
  device: Device;
}

export async function wheelDefaults(
  { qualifiers }: Request,
  machine: Machine,
): Promise<WheelDefaults> {
  return {
    python: qualifiers['python'] ?? (await machine.python()),
    platform: qualifiers['platform'] ?? machine.platform(),
    device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
  };
}

/** All that decides which wheel is the right one. */
export interface WheelWish {
  search: WheelSearch;
  python: string;
  version: PythonVersion;
  ranks: TagRanks;
  /** The full version that `Requires-Python` is compared with; may start Python. */
  release(): Promise<PythonRelease>;
}

/** @throws TfcacheError `usage` for a machine that no wheel is known for. */
export async function readWish(request: Request, machine: Machine): Promise<WheelWish> {
  const { python, platform, device } = await wheelDefaults(request, machine);
  const version = parsePython(python);
  const family = platformFamily(platform);
  if (version === undefined || family === undefined) {
    throw usageError(request, `no wheel is known for python ${python} on ${platform}.`, {
      hint: 'Say what the wheel is for: ?python=3.11&platform=linux_x86_64',
    });
  }
  const project = normalizeProject(request.name);
  const specifier = readSpecifier(request);
  const isAsked = request.qualifiers['python'] !== undefined;
  return {
    search: { project, specifier, family, platform, device },
    python,
    version,
    ranks: tagRanks(version, platform),
    release: async () =>
      releaseOf(
        (isAsked ? undefined : parsePython((await machine.fullPython?.()) ?? '')) ?? version,
      ),
  };
}

/** Says that `3.11` was taken for 3.11.0 where another patch release could get another wheel. */
export function describeAssumption({ python, version }: WheelWish, release: PythonRelease): string {
  const patch = `${version.major}.${version.minor}.7${version.freeThreaded === true ? 't' : ''}`;
  return `Python ${python} stands for ${release.version}, as in pip download --python-version ${python}, and Requires-Python of some wheels depends on the patch release. To name it, write for example python=${patch}`;
}
