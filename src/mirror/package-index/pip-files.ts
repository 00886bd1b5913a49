import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where pip looks, as far as the environment decides it. */
export interface PipContext {
  environment: NodeJS.ProcessEnv;
  /** `process.platform` */
  platform: NodeJS.Platform;
}

/**
 * The files of pip’s configuration, the one that overrides all others last: for everyone on this machine, for this user, for
 * the virtual environment, the one that PIP_CONFIG_FILE names. When that one is there, the user’s are not read; when it is
 * the null device, none is. https://pip.pypa.io/en/stable/topics/configuration/
 */
export function listPipConfigurationFiles({ environment, platform }: PipContext): string[] {
  const named = environment['PIP_CONFIG_FILE'];
  if (named === nullDevice(platform)) return [];
  const path = platform === 'win32' ? win32 : posix;
  const home = homeOf(environment, platform);
  const site = environment['VIRTUAL_ENV'];
  const name = platform === 'win32' ? 'pip.ini' : 'pip.conf';
  const own = named !== undefined && named !== '' && existsSync(named);
  return [
    ...everyones(environment, platform),
    ...(own ? [] : users(environment, platform, home)),
    ...(site === undefined || site === '' ? [] : [path.join(site, name)]),
    ...(named === undefined || named === '' ? [] : [named]),
  ];
}

function nullDevice(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'nul' : '/dev/null';
}

function homeOf(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  return environment[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homedir();
}

function everyones(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    return [win32.join(environment['ProgramData'] || 'C:\\ProgramData', 'pip', 'pip.ini')];
  }
  if (platform === 'darwin') return ['/Library/Application Support/pip/pip.conf'];
  const folders = environment['XDG_CONFIG_DIRS']?.trim() || '/etc/xdg';
  return [...folders.split(':').map((folder) => `${folder}/pip/pip.conf`), '/etc/pip.conf'];
}

/** The old place first: the new one overrides it. */
function users(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string[] {
  if (platform === 'win32') {
    const roaming = environment['APPDATA'] || win32.join(home, 'AppData', 'Roaming');
    return [win32.join(home, 'pip', 'pip.ini'), win32.join(roaming, 'pip', 'pip.ini')];
  }
  const library = posix.join(home, 'Library/Application Support/pip');
  const folder =
    platform === 'darwin' && existsSync(library)
      ? library
      : posix.join(configHome(environment, platform, home), 'pip');
  return [posix.join(home, '.pip/pip.conf'), posix.join(folder, 'pip.conf')];
}

function configHome(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): string {
  const named = platform === 'darwin' ? undefined : environment['XDG_CONFIG_HOME']?.trim();
  return named || posix.join(home, '.config');
}
