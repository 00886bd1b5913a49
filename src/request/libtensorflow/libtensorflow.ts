import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { suggestName } from '../../platform/text/similar-names.ts';
import { formatIdentifier } from '../identifier.ts';
import type { Artifact, Machine, Request, RequestKind, ResolveContext } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import { parseRequestSpecifier } from '../version/request-specifier.ts';
import {
  findNewestArchive,
  type LibtensorflowTarget,
  listDocumentedArchiveFolders,
  listOtherArchiveFolders,
} from './libtensorflow-archives.ts';
import { createLibtensorflowNotFoundError } from './libtensorflow-not-found.ts';

/** `libtensorflow:cpu==2.15.0?os=linux&arch=x86_64`: an archive of the C library. The default version is the newest release. */
export const libtensorflowKind: RequestKind = {
  name: 'libtensorflow',
  qualifiers: ['os', 'arch'],
  check,
  async identify(request, machine) {
    const { device, os, arch } = determineTarget(request, machine);
    const version = request.version.replace(/\s+/g, '');
    return formatIdentifier(`libtensorflow:${device}${version}`, { os, arch });
  },
  getBucket: () => MAIN_BUCKET,
  resolve,
};

const DEVICES = ['cpu', 'gpu'];
const ALLOWED_VALUES: Readonly<Record<string, readonly string[]>> = {
  os: ['linux', 'darwin', 'windows'],
  arch: ['x86_64', 'arm64'],
};
const SYNONYMS: Readonly<Record<string, string>> = {
  macos: 'darwin',
  mac: 'darwin',
  win: 'windows',
  amd64: 'x86_64',
  x64: 'x86_64',
  aarch64: 'arm64',
};

function check(request: Request): void {
  if (!DEVICES.includes(request.name.toLowerCase())) {
    throw createRequestUsageError(request, `there is no C library "${request.name}".`, {
      expected: 'cpu or gpu',
      hint: 'Write libtensorflow:cpu or libtensorflow:gpu, and a version after it if you need a certain one.',
    });
  }
  parseRequestSpecifier(request);
  for (const [key, allowed] of Object.entries(ALLOWED_VALUES)) {
    const value = request.qualifiers[key];
    if (value === undefined || allowed.includes(value)) continue;
    const nearest =
      SYNONYMS[value.toLowerCase()] ?? suggestName(value, allowed) ?? allowed[0] ?? '';
    throw createRequestUsageError(request, `there is no ${key} "${value}".`, {
      expected: allowed.join(', '),
      hint: `Write ${key}=${nearest}`,
    });
  }
}

function determineTarget(request: Request, machine: Machine): LibtensorflowTarget {
  return {
    device: request.name.toLowerCase(),
    os: request.qualifiers['os'] ?? machine.getOs(),
    arch: request.qualifiers['arch'] ?? machine.getArch(),
  };
}

async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
  machine: Machine,
): Promise<Artifact> {
  const wanted = determineTarget(request, machine);
  const specifier = parseRequestSpecifier(request);
  const documented = await listDocumentedArchiveFolders(lister, specifier);
  const listed = [...documented];
  let best = findNewestArchive(listed, wanted, specifier);
  if (best === undefined) {
    listed.push(...(await listOtherArchiveFolders(lister, specifier, documented)));
    best = findNewestArchive(listed, wanted, specifier);
  }
  if (best === undefined)
    throw await createLibtensorflowNotFoundError(request, wanted, specifier, listed, lister);
  return {
    request,
    id,
    title: `libtensorflow ${best.device} ${best.version} (${best.os}, ${best.arch})`,
    version: best.version,
    files: [toWantedFile(MAIN_BUCKET, best.file)],
  };
}
