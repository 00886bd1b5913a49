import { platformFamily } from './platform-tags.ts';
import { normalizeProject } from './project-name.ts';
import type { Machine, Request } from './request.ts';
import { usageError } from './request-error.ts';
import { readSpecifier } from './request-specifier.ts';
import { parsePython, type TagRanks, tagRanks } from './tags.ts';
import type { Device, WheelSearch } from './wheel-folders.ts';

/** What a wheel is asked for, with what the request leaves out filled in from the machine. */
export interface WheelDefaults {
  /** `3.11` */
  python: string;
  platform: string;
  device: Device;
}

export async function wheelDefaults(
  { qualifiers }: Request,
  machine: Machine,
): Promise<WheelDefaults> {
  const python = qualifiers['python'] ?? (await machine.python());
  const version = parsePython(python);
  return {
    python: version === undefined ? python : `${version.major}.${version.minor}`,
    platform: qualifiers['platform'] ?? machine.platform(),
    device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
  };
}

/** All that decides which wheel is the right one. */
export interface WheelWish {
  search: WheelSearch;
  python: string;
  ranks: TagRanks;
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
  return {
    search: { project, specifier, family, platform, device },
    python,
    ranks: tagRanks(version, platform),
  };
}
