import type { WheelName } from '../wheel/wheel-name.ts';
import { getPlatformFamily, listPlatformTags } from './platform-tags.ts';

/** A CPython version: `3.11`, `3.11.7`, or `3.14t` for a free-threaded build. */
export interface PythonVersion {
  major: number;
  minor: number;
  /** Undefined if only the first two numbers are known. */
  patch?: number;
  /** Built without the GIL (PEP 703), since 3.13. Such builds need other wheels. */
  isFreeThreaded?: boolean;
}

/** The first CPython with free-threaded builds. */
const FIRST_FREE_THREADED = 13;

/** Parses `3.11`, `3.11.7`, `3.14t` or `3.14.0t`. Returns undefined for other texts, and for a `t` before 3.13. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const match = /^([23])\.(\d{1,3})(?:\.(\d{1,3}))?(t?)$/.exec(text);
  if (match === null) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const isFreeThreaded = match[4] === 't';
  if (isFreeThreaded && (major < 3 || minor < FIRST_FREE_THREADED)) return undefined;
  return {
    major,
    minor,
    ...(match[3] === undefined ? {} : { patch: Number(match[3]) }),
    ...(isFreeThreaded ? { isFreeThreaded } : {}),
  };
}

/** Returns `3.11` for `3.11.7`, and `3.14t` for `3.14.0t`. */
export function toMinorVersion(text: string): string {
  return text.replace(/^(\d+\.\d+)\.\d+/, '$1');
}

/** The tags that a machine can install, such as `cp311-cp311-win_amd64`, with their ranks 0, 1, 2 …; lower is better. */
export type TagRanks = ReadonlyMap<string, number>;

/**
 * Ranks the tags (PEP 425) that CPython on a machine can install, like `cpython_tags` and `compatible_tags` of packaging.
 *
 * @param platform a class of machines or one exact platform tag
 */
export function rankTags(python: PythonVersion, platform: string): TagRanks {
  const ranks = new Map<string, number>();
  const platforms = listPlatformTags(platform);
  const add = (interpreter: string, abi: string, tag: string): void => {
    const key = `${interpreter}-${abi}-${tag}`;
    if (!ranks.has(key)) ranks.set(key, ranks.size);
  };
  const addAll = (interpreter: string, abi: string): void => {
    for (const tag of platforms) add(interpreter, abi, tag);
  };
  const interpreter = `cp${python.major}${python.minor}`;
  // PEP 384 and, for free-threaded builds, PEP 803. Neither kind of build loads the other's wheels.
  const stableAbi = python.isFreeThreaded === true ? 'abi3t' : 'abi3';
  const hasStableAbi = python.major === 3 && python.minor >= 2;

  addAll(interpreter, getCpythonAbi(python, platform));
  if (hasStableAbi) addAll(interpreter, stableAbi);
  addAll(interpreter, 'none');
  for (let minor = python.minor - 1; hasStableAbi && minor >= 2; minor -= 1) {
    addAll(`cp${python.major}${minor}`, stableAbi);
  }
  const generic = listGenericInterpreters(python);
  for (const name of generic) addAll(name, 'none');
  add(interpreter, 'none', 'any');
  for (const name of generic) add(name, 'none', 'any');
  return ranks;
}

/**
 * Returns `cp314t` for free-threaded builds, `cp37m` up to 3.7 (pymalloc), `cp27mu` for Python 2 on Linux (wide Unicode), and
 * `cp38` and so on since.
 */
function getCpythonAbi({ major, minor, isFreeThreaded }: PythonVersion, platform: string): string {
  const name = `cp${major}${minor}`;
  if (isFreeThreaded === true) return `${name}t`;
  if (major === 3) return minor < 8 ? `${name}m` : name;
  return getPlatformFamily(platform) === 'linux' ? `${name}mu` : `${name}m`;
}

/** Returns `py311`, `py3`, `py310` … `py30`. */
function listGenericInterpreters({ major, minor }: PythonVersion): string[] {
  const names = [`py${major}${minor}`, `py${major}`];
  for (let older = minor - 1; older >= 0; older -= 1) names.push(`py${major}${older}`);
  return names;
}

/** Returns the best of a wheel's tags; undefined if the machine can install none of them. */
export function findBestTag(
  wheel: WheelName,
  ranks: TagRanks,
): { rank: number; python: string; platform: string } | undefined {
  let best: { rank: number; python: string; platform: string } | undefined;
  for (const python of wheel.pythons) {
    for (const abi of wheel.abis) {
      for (const platform of wheel.platforms) {
        const rank = ranks.get(`${python}-${abi}-${platform}`);
        if (rank !== undefined && (best === undefined || rank < best.rank)) {
          best = { rank, python, platform };
        }
      }
    }
  }
  return best;
}
