import { INDEX_BUCKET, MAIN_BUCKET } from '../../bucket/buckets.ts';
import { isProjectName, normalizeProject } from '../../mirror/package-index/project-name.ts';
import { TfcacheError } from '../../platform/error.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { suggestName } from '../../platform/text/similar-names.ts';
import { formatIdentifier } from '../identifier.ts';
import type { Artifact, Machine, Request, RequestKind, ResolveContext } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import { getPlatformFamily, MACHINE_PLATFORMS } from '../version/platform-tags.ts';
import { parseRequestSpecifier } from '../version/request-specifier.ts';
import { parsePythonVersion } from '../version/tags.ts';
import { findBestWheel } from './find-best-wheel.ts';
import { resolveWheelDefaults } from './wheel-query.ts';

/** `wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64`: the wheel that pip would choose. */
export const wheelKind: RequestKind = {
  name: 'wheel',
  qualifiers: ['python', 'platform', 'device'],
  check,
  async identify(request, machine) {
    const { python, platform, device } = await resolveWheelDefaults(request, machine);
    const version = request.version.replace(/\s+/g, '');
    return formatIdentifier(`wheel:${normalizeProject(request.name)}${version}`, {
      python,
      platform,
      device,
    });
  },
  getBucket: () => MAIN_BUCKET,
  resolve,
  comparison: { buckets: [MAIN_BUCKET, INDEX_BUCKET], compare: findBestWheel },
};

function check(request: Request): void {
  if (!isProjectName(request.name)) {
    throw createRequestUsageError(
      request,
      `"${request.name}" is not the name of a Python project.`,
      {
        expected: 'letters, digits, "-", "_" and "." (PEP 508)',
        hint: 'Correct the name. For a file write path:FOLDER/FILE.whl',
      },
    );
  }
  if (request.name.toLowerCase().endsWith('.whl')) {
    throw createRequestUsageError(request, 'it names a file, not a project.', {
      hint: `For that file, write path:FOLDER/${escapeControlCharacters(request.name)}\nFor a project, write wheel:PROJECT==VERSION`,
    });
  }
  parseRequestSpecifier(request);
  const { python, platform, device } = request.qualifiers;
  if (python !== undefined && parsePythonVersion(python) === undefined) {
    throw createRequestUsageError(request, `python "${python}" is not a version of CPython.`, {
      expected: '3.11, 3.11.7, or 3.14t for a free-threaded build (3.13 and later)',
      hint: `Write ?python=${correctPythonVersion(python)}`,
    });
  }
  if (platform !== undefined && getPlatformFamily(platform) === undefined) {
    const nearest = suggestName(platform, MACHINE_PLATFORMS);
    throw createRequestUsageError(request, `there is no platform "${platform}".`, {
      expected: `${MACHINE_PLATFORMS.join(', ')}, or one exact tag such as manylinux2014_x86_64 or macosx_12_0_arm64`,
      hint: `Write platform=${nearest ?? 'linux_x86_64'}`,
    });
  }
  if (device !== undefined && device !== 'cpu' && device !== 'gpu') {
    throw createRequestUsageError(request, `there is no device "${device}".`, {
      expected: 'cpu or gpu',
      hint: 'Write device=gpu, or remove device for the CPU.',
    });
  }
  if (device === 'gpu' && normalizeProject(request.name) === 'tensorflow-cpu') {
    throw createRequestUsageError(
      request,
      'tensorflow-cpu is built for the CPU only, and device=gpu was given.',
      {
        hint: 'Write wheel:tensorflow (2.12 and later) or wheel:tensorflow-gpu (up to 2.11), or remove device=gpu.',
      },
    );
  }
}

/** Resolves from one mirror of the bucket. */
async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
  machine: Machine,
): Promise<Artifact> {
  const mirrors = [{ bucket: MAIN_BUCKET, lister }];
  const { outcome } = await findBestWheel(request, id, mirrors, machine);
  if (outcome instanceof TfcacheError) throw outcome;
  return outcome.artifact;
}

/** Returns the version that `cp311`, `python3.11`, `3.11.x`, `3.14-freethreaded` or a `t` before 3.13 probably means. */
function correctPythonVersion(text: string): string {
  const match = /^(?:cp|py|python)?3\.?(\d{1,2})(.*)$/i.exec(text);
  if (match === null) return '3.11';
  const [, minor = '', rest = ''] = match;
  const freeThreaded = `3.${minor}t`;
  const isFreeThreaded =
    /^[^a-z]*(?:t$|free)/i.test(rest) && parsePythonVersion(freeThreaded) !== undefined;
  return isFreeThreaded ? freeThreaded : `3.${minor}`;
}
