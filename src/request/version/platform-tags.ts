/*
 * The platform tags that a machine can install, best first, in the order of `tags.py` of packaging, which pip uses. The name of a
 * class of machines (`linux_x86_64`) means a current release of its system. Every other name is one exact tag, which is expanded
 * like `pip download --platform`.
 */

export type PlatformFamily = 'linux' | 'mac' | 'windows';

/** The names of classes of machines. */
export const MACHINE_PLATFORMS = [
  'linux_x86_64',
  'linux_aarch64',
  'macosx_x86_64',
  'macosx_arm64',
  'win_amd64',
] as const;

/** glibc is released twice a year. Wheels for a newer glibc than this are not for current machines. */
const CURRENT_GLIBC_MINOR = 44;
/** macOS 26. Its predecessor is macOS 15. */
const CURRENT_MACOS = { major: 26, minor: 0 } as const;

/** Returns the family of folders for a platform; undefined for a tag that no wheel has. */
export function getPlatformFamily(platform: string): PlatformFamily | undefined {
  if (/^(?:linux|manylinux1|manylinux2010|manylinux2014)_\w+$/.test(platform)) return 'linux';
  if (/^(?:manylinux|musllinux)_\d+_\d+_\w+$/.test(platform)) return 'linux';
  if (/^macosx_(?:x86_64|arm64|\d+_\d+_\w+)$/.test(platform)) return 'mac';
  if (/^win(?:32|_amd64|_arm64)$/.test(platform)) return 'windows';
  return undefined;
}

/**
 * Lists the platform tags that a platform can install, best first.
 *
 * @param platform a platform for which `getPlatformFamily` returns a family
 */
export function listPlatformTags(platform: string): string[] {
  switch (platform) {
    case 'linux_x86_64':
      return [platform, ...listManylinuxTags('x86_64', 5)];
    case 'linux_aarch64':
      return [platform, ...listManylinuxTags('aarch64', 17)];
    case 'macosx_x86_64':
      return listMacTags(CURRENT_MACOS, 'x86_64');
    case 'macosx_arm64':
      return listMacTags(CURRENT_MACOS, 'arm64');
    default:
      return expandExactTag(platform);
  }
}

/** Lists the names of PEP 600, each followed by its older name of PEP 513, 571 or 599. */
function listManylinuxTags(arch: string, oldestMinor: number): string[] {
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

/** Does the same as `mac_platforms` of packaging. Since macOS 11 only the major number counts. */
function listMacTags(version: MacVersion, arch: string): string[] {
  const tags: string[] = [];
  const add = (major: number, minor: number, formats: readonly string[]): void => {
    for (const format of formats) tags.push(`macosx_${major}_${minor}_${format}`);
  };
  if (version.major === 10) {
    for (let minor = version.minor; minor >= 0; minor -= 1) {
      add(10, minor, listMacFormats({ major: 10, minor }, arch));
    }
    return tags;
  }
  for (let major = version.major; major >= 11; major -= 1) {
    add(major, 0, listMacFormats({ major, minor: 0 }, arch));
  }
  for (let minor = 16; minor >= 4; minor -= 1) {
    // No Arm Mac runs macOS 10, but a universal2 wheel may have the number of its Intel half.
    add(10, minor, arch === 'x86_64' ? listMacFormats({ major: 10, minor }, arch) : ['universal2']);
  }
  return tags;
}

/** Does the same as `_mac_binary_formats` of packaging, for machines that can run a current Python. */
function listMacFormats(version: MacVersion, arch: string): string[] {
  if (arch === 'x86_64') {
    if (version.major === 10 && version.minor < 4) return [];
    return ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal'];
  }
  if (arch === 'arm64') return ['arm64', 'universal2'];
  return [arch];
}

function expandExactTag(platform: string): string[] {
  const mac = /^macosx_(\d+)_(\d+)_(\w+)$/.exec(platform);
  if (mac !== null) {
    const version = { major: Number(mac[1]), minor: Number(mac[2]) };
    return [...new Set([platform, ...listMacTags(version, mac[3] ?? '')])];
  }
  const legacy = /^(manylinux(?:1|2010|2014))_(\w+)$/.exec(platform);
  if (legacy !== null) return listLegacyTags(legacy[1] ?? '', legacy[2] ?? '');
  const manylinux = /^manylinux_2_(\d+)_(\w+)$/.exec(platform);
  const older = manylinux === null ? undefined : LEGACY_MANYLINUX[Number(manylinux[1])];
  return older === undefined ? [platform] : [platform, `${older}_${manylinux?.[2] ?? ''}`];
}

/** Lists the tags that such a system installs (PEP 599 and 571), each with its name of PEP 600. */
function listLegacyTags(name: string, arch: string): string[] {
  const names = Object.entries(LEGACY_MANYLINUX).sort(
    ([left], [right]) => Number(right) - Number(left),
  );
  const start = names.findIndex(([, legacy]) => legacy === name);
  const installable = arch === 'x86_64' || arch === 'i686' ? names.slice(start) : [names[start]];
  return installable.flatMap((entry) =>
    entry === undefined ? [] : [`${entry[1]}_${arch}`, `manylinux_2_${entry[0]}_${arch}`],
  );
}
