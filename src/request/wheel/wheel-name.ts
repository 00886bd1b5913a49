import { clean } from '@renovatebot/pep440';
import { normalizeProject } from '../../mirror/package-index/project-name.ts';

/** The parts of a wheel's file name (PEP 427, "File name convention"). */
export interface WheelName {
  fileName: string;
  /** As written: `tensorflow_cpu`. */
  distribution: string;
  /** As PEP 503 normalises it: `tensorflow-cpu`. */
  project: string;
  /** PEP 440, normalised. */
  version: string;
  /** Number and rest of the build tag. Undefined if there is none, which sorts before all others. */
  build: { number: number; rest: string } | undefined;
  pythons: readonly string[];
  abis: readonly string[];
  platforms: readonly string[];
}

/** Parses the name of a wheel. Returns undefined for a name that pip would not accept. */
export function parseWheelName(fileName: string): WheelName | undefined {
  if (!fileName.endsWith('.whl')) return undefined;
  const parts = fileName.slice(0, -'.whl'.length).split('-');
  if (parts.length !== 5 && parts.length !== 6) return undefined;
  const [distribution = '', writtenVersion = ''] = parts;
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3);
  if (!/^[\p{L}\p{N}_.]+$/u.test(distribution)) return undefined;
  // PEP 427 writes the `-` of a version as `_`.
  const version = clean(writtenVersion.replaceAll('_', '-'));
  if (version === null) return undefined;
  const build = parts.length === 6 ? parseBuild(parts[2] ?? '') : undefined;
  if (parts.length === 6 && build === undefined) return undefined;
  const tags = [pythons, abis, platforms].map((set) => set.toLowerCase().split('.'));
  if (tags.some((set) => set.includes(''))) return undefined;
  return {
    fileName,
    distribution,
    project: normalizeProject(distribution),
    version: normalizeLocalVersion(version),
    build,
    pythons: tags[0] ?? [],
    abis: tags[1] ?? [],
    platforms: tags[2] ?? [],
  };
}

/** The library joins the parts of a local version by commas, PEP 440 by dots. */
function normalizeLocalVersion(version: string): string {
  return version.replaceAll(',', '.');
}

function parseBuild(text: string): WheelName['build'] {
  const match = /^(\d+)(.*)$/s.exec(text);
  return match === null ? undefined : { number: Number(match[1]), rest: match[2] ?? '' };
}

/** Returns a negative number if the left build sorts first. */
export function compareBuild(left: WheelName['build'], right: WheelName['build']): number {
  if (left === undefined || right === undefined) {
    return (left === undefined ? 0 : 1) - (right === undefined ? 0 : 1);
  }
  if (left.number !== right.number) return left.number - right.number;
  return left.rest < right.rest ? -1 : left.rest > right.rest ? 1 : 0;
}
