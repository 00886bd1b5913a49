import type { FolderListing } from '../file.ts';
import { MAIN_BUCKET, wantedFile } from './bucket.ts';
import { identifier } from './identifier.ts';
import { likelySlip } from './nearest.ts';
import { MACHINE_PLATFORMS, platformFamily } from './platform-tags.ts';
import { isProjectName, normalizeProject } from './project-name.ts';
import type { Artifact, Kind, Machine, Request, ResolveContext } from './request.ts';
import { usageError } from './request-error.ts';
import { checkSpecifier, readSpecifier } from './request-specifier.ts';
import { parsePython, tagRanks } from './tags.ts';
import { type ChosenWheel, chooseWheel, heldWheels } from './wheel-choice.ts';
import {
  type Device,
  documentedFolders,
  otherFolders,
  RELEASED_TOGETHER,
  type WheelSearch,
} from './wheel-folders.ts';
import { wheelNotFound } from './wheel-not-found.ts';

/** `wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64`: one wheel, chosen as pip would choose it. */
export const wheel: Kind = {
  name: 'wheel',
  qualifiers: ['python', 'platform', 'device'],
  check,
  async identify(request, machine) {
    const { python, platform, device } = await defaults(request, machine);
    const version = request.version.replace(/\s+/g, '');
    return identifier(`wheel:${normalizeProject(request.name)}${version}`, {
      python,
      platform,
      device,
    });
  },
  resolve,
};

function check(request: Request): void {
  if (!isProjectName(request.name)) {
    throw usageError(request, `"${request.name}" is no name of a Python project.`, {
      hint: 'A name is made of letters, digits, "-", "_" and "." (PEP 508), and is no file name: for a file write path:FOLDER/FILE.whl',
    });
  }
  if (request.name.toLowerCase().endsWith('.whl')) {
    throw usageError(request, 'it names a file, not a project.', {
      hint: `Write path:FOLDER/${request.name} for that file, or wheel:PROJECT==VERSION.`,
    });
  }
  checkSpecifier(request);
  const { python, platform, device } = request.qualifiers;
  if (python !== undefined && parsePython(python) === undefined) {
    throw usageError(request, `python "${python}" is no version of CPython.`, {
      expected: 'two numbers, such as 3.11',
      hint: 'Write ?python=3.11',
    });
  }
  if (platform !== undefined && platformFamily(platform) === undefined) {
    const slip = likelySlip(platform, MACHINE_PLATFORMS);
    throw usageError(request, `there is no platform "${platform}".`, {
      expected: `${MACHINE_PLATFORMS.join(', ')}, or one exact tag such as manylinux2014_x86_64 or macosx_12_0_arm64`,
      hint: `Write platform=${slip ?? 'linux_x86_64'}`,
    });
  }
  if (device !== undefined && device !== 'cpu' && device !== 'gpu') {
    throw usageError(request, `there is no device "${device}".`, {
      expected: 'cpu or gpu',
      hint: 'Write device=gpu, or leave it out for the CPU.',
    });
  }
  if (device === 'gpu' && normalizeProject(request.name) === 'tensorflow-cpu') {
    throw usageError(
      request,
      'tensorflow-cpu is built for the CPU alone, and device=gpu was given.',
      {
        hint: 'Ask for wheel:tensorflow (2.12 and later) or wheel:tensorflow-gpu (up to 2.11), or leave device=gpu out.',
      },
    );
  }
}

interface Defaults {
  python: string;
  platform: string;
  device: Device;
}

async function defaults({ qualifiers }: Request, machine: Machine): Promise<Defaults> {
  const python = qualifiers['python'] ?? (await machine.python());
  const version = parsePython(python);
  return {
    python: version === undefined ? python : `${version.major}.${version.minor}`,
    platform: qualifiers['platform'] ?? machine.platform(),
    device: qualifiers['device'] === 'gpu' ? 'gpu' : 'cpu',
  };
}

async function resolve(
  request: Request,
  id: string,
  { listing }: ResolveContext,
  machine: Machine,
): Promise<Artifact> {
  const { python, platform, device } = await defaults(request, machine);
  const version = parsePython(python);
  const family = platformFamily(platform);
  if (version === undefined || family === undefined) {
    throw usageError(request, `no wheel is known for python ${python} on ${platform}.`, {
      hint: 'Say what the wheel is for: ?python=3.11&platform=linux_x86_64',
    });
  }
  const project = normalizeProject(request.name);
  const specifier = readSpecifier(request);
  const ranks = tagRanks(version, platform);
  const search: WheelSearch = { project, specifier, family, platform, device };
  const choose = (folders: readonly FolderListing[], name = project) =>
    chooseWheel(
      heldWheels(folders).filter((held) => held.name.project === name),
      specifier,
      ranks,
      device,
    );

  const documented = await documentedFolders(listing, MAIN_BUCKET, search);
  const first = choose(documented).chosen;
  if (first !== undefined) return artifact(request, id, first);
  const others = await otherFolders(listing, MAIN_BUCKET, search, documented);
  const listed = [...documented, ...others];
  const { chosen, passedOver } = choose(listed);
  if (chosen !== undefined) return artifact(request, id, chosen);

  const nothingThere = listed.every(({ exists }) => !exists);
  throw wheelNotFound({
    request,
    search,
    python,
    listed,
    passedOver,
    siblings: RELEASED_TOGETHER.filter((name) => name !== project).flatMap(
      (name) => choose(listed, name).chosen ?? [],
    ),
    where: listing.where(MAIN_BUCKET),
    root: nothingThere ? (await listing.folders(MAIN_BUCKET, ['']))[0] : undefined,
  });
}

function artifact(request: Request, id: string, { name, file, tag }: ChosenWheel): Artifact {
  return {
    request,
    id,
    title: `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`,
    version: name.version,
    files: [wantedFile(MAIN_BUCKET, file)],
  };
}
