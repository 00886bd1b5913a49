import { MAIN_BUCKET, wantedFile } from '../bucket.ts';
import { identifier } from '../identifier.ts';
import { likelySlip } from '../nearest.ts';
import type { Artifact, Kind, Machine, Request, ResolveContext } from '../request.ts';
import { usageError } from '../request-error.ts';
import { checkSpecifier, readSpecifier } from '../version/request-specifier.ts';
import { documentedFolders, newest, otherFolders, type Target } from './libtensorflow-archives.ts';
import { libtensorflowNotFound } from './libtensorflow-not-found.ts';

/** `libtensorflow:cpu==2.15.0?os=linux&arch=x86_64`: the archive of the C library; without a version the newest release. */
export const libtensorflow: Kind = {
  name: 'libtensorflow',
  qualifiers: ['os', 'arch'],
  check,
  async identify(request, machine) {
    const { device, os, arch } = target(request, machine);
    const version = request.version.replace(/\s+/g, '');
    return identifier(`libtensorflow:${device}${version}`, { os, arch });
  },
  bucket: () => MAIN_BUCKET,
  resolve,
};

const DEVICES = ['cpu', 'gpu'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
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
    throw usageError(request, `there is no C library "${request.name}".`, {
      expected: 'cpu or gpu',
      hint: 'Write libtensorflow:cpu or libtensorflow:gpu, with a version after it if you need one.',
    });
  }
  checkSpecifier(request);
  for (const [key, allowed] of Object.entries(ALLOWED)) {
    const value = request.qualifiers[key];
    if (value === undefined || allowed.includes(value)) continue;
    const meant = SYNONYMS[value.toLowerCase()] ?? likelySlip(value, allowed) ?? allowed[0] ?? '';
    throw usageError(request, `there is no ${key} "${value}".`, {
      expected: allowed.join(', '),
      hint: `Did you mean ${key}=${meant} ?`,
    });
  }
}

function target(request: Request, machine: Machine): Target {
  return {
    device: request.name.toLowerCase(),
    os: request.qualifiers['os'] ?? machine.os(),
    arch: request.qualifiers['arch'] ?? machine.arch(),
  };
}

async function resolve(
  request: Request,
  id: string,
  { listing }: ResolveContext,
  machine: Machine,
): Promise<Artifact> {
  const wanted = target(request, machine);
  const specifier = readSpecifier(request);
  const documented = await documentedFolders(listing, specifier);
  const listed = [...documented];
  let best = newest(listed, wanted, specifier);
  if (best === undefined) {
    listed.push(...(await otherFolders(listing, specifier, documented)));
    best = newest(listed, wanted, specifier);
  }
  if (best === undefined)
    throw await libtensorflowNotFound(request, wanted, specifier, listed, listing);
  return {
    request,
    id,
    title: `libtensorflow ${best.device} ${best.version} (${best.os}, ${best.arch})`,
    version: best.version,
    files: [wantedFile(MAIN_BUCKET, best.file)],
  };
}
