/*
 * The platform tags that a machine can install, best first, in the order of packaging's `tags.py` (the one that pip
 * ships). A name of a class of machines (`linux_x86_64`) stands for a current release of it; every other name is one
 * exact tag, expanded as `pip download --platform` expands it.
 */

export type PlatformFamily = 'linux' | 'mac' | 'windows';

/** The names that stand for any machine of their class. */
export const MACHINE_PLATFORMS = [
  'linux_x86_64',
  'linux_aarch64',
  'macosx_x86_64',
  'macosx_arm64',
  'win_amd64',
] as const;

/** glibc comes out twice a year; wheels for one newer than this are not for a machine of today. */
const CURRENT_GLIBC_MINOR = 44;
/** macOS 26; Apple went from 15 to 26 in 2025. */
const CURRENT_MACOS = { major: 26, minor: 0 } as const;

/** Which family of folders serves a platform; undefined for a tag that no wheel of any family carries. */
export function getPlatformFamily(platform: string): PlatformFamily | undefined {
  if (/^(?:linux|manylinux1|manylinux2010|manylinux2014)_\w+$/.test(platform)) return 'linux';
  if (/^(?:manylinux|musllinux)_\d+_\d+_\w+$/.test(platform)) return 'linux';
  if (/^macosx_(?:x86_64|arm64|\d+_\d+_\w+)$/.test(platform)) return 'mac';
  if (/^win(?:32|_amd64|_arm64)$/.test(platform)) return 'windows';
  return undefined;
}

/** @param platform one for which `getPlatformFamily` knows a family */
export function listPlatformTags(platform: string): string[] {
  switch (platform) {
    case 'linux_x86_64':
      return [platform, ...manylinuxTags('x86_64', 5)];
    case 'linux_aarch64':
      return [platform, ...manylinuxTags('aarch64', 17)];
    case 'macosx_x86_64':
      return macTags(CURRENT_MACOS, 'x86_64');
    case 'macosx_arm64':
      return macTags(CURRENT_MACOS, 'arm64');
    default:
      return exactTags(platform);
  }
}

/** PEP 600, with the older names of PEP 513, 571 and 599 after the version each stands for. */
function manylinuxTags(arch: string, oldestMinor: number): string[] {
  const tags: string[] = [];
  for (let minor = CURRENT_GLIBC_MINOR; minor >= oldestMinor; minor -= 1) {
    tags.push(`manylinux_2_${minor}_${arch}`);
    const legacy = LEGACY_MANYLINUX[minor];
    if (legacy !== undefined) tags.push(`${legacy}_${arch}`);
  }
  return tags;
}

const LEGACY_MANYLINUX: Readonly<Record<number, string>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

interface MacVersion {
  major: number;
  minor: number;
}

/** `mac_platforms` of packaging: since macOS 11 only the major number counts. */
function macTags(version: MacVersion, arch: string): string[] {
  const tags: string[] = [];
  const add = (major: number, minor: number, formats: readonly string[]): void => {
    for (const format of formats) tags.push(`macosx_${major}_${minor}_${format}`);
  };
  if (version.major === 10) {
    for (let minor = version.minor; minor >= 0; minor -= 1) {
      add(10, minor, macFormats({ major: 10, minor }, arch));
    }
    return tags;
  }
  for (let major = version.major; major >= 11; major -= 1) {
    add(major, 0, macFormats({ major, minor: 0 }, arch));
  }
  for (let minor = 16; minor >= 4; minor -= 1) {
    // No Arm Mac ran macOS 10, but a universal2 wheel may carry the number of its Intel half.
    add(10, minor, arch === 'x86_64' ? macFormats({ major: 10, minor }, arch) : ['universal2']);
  }
  return tags;
}

/** `_mac_binary_formats` of packaging, for the machines that can still run a current Python. */
function macFormats(version: MacVersion, arch: string): string[] {
  if (arch === 'x86_64') {
    if (version.major === 10 && version.minor < 4) return [];
    return ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal'];
  }
  if (arch === 'arm64') return ['arm64', 'universal2'];
  return [arch];
}

function exactTags(platform: string): string[] {
  const mac = /^macosx_(\d+)_(\d+)_(\w+)$/.exec(platform);
  if (mac !== null) {
    const version = { major: Number(mac[1]), minor: Number(mac[2]) };
    return [...new Set([platform, ...macTags(version, mac[3] ?? '')])];
  }
  const legacy = /^(manylinux(?:1|2010|2014))_(\w+)$/.exec(platform);
  if (legacy !== null) return legacyTags(legacy[1] ?? '', legacy[2] ?? '');
  const manylinux = /^manylinux_2_(\d+)_(\w+)$/.exec(platform);
  const older = manylinux === null ? undefined : LEGACY_MANYLINUX[Number(manylinux[1])];
  return older === undefined ? [platform] : [platform, `${older}_${manylinux?.[2] ?? ''}`];
}

/** PEP 599 and 571: what a manylinux2014 system installs, each with its name under PEP 600. */
function legacyTags(name: string, arch: string): string[] {
  const names = Object.entries(LEGACY_MANYLINUX).sort(
    ([left], [right]) => Number(right) - Number(left),
  );
  const start = names.findIndex(([, legacy]) => legacy === name);
  const reached = arch === 'x86_64' || arch === 'i686' ? names.slice(start) : [names[start]];
  return reached.flatMap((entry) =>
    entry === undefined ? [] : [`${entry[1]}_${arch}`, `manylinux_2_${entry[0]}_${arch}`],
  );
}
