import { existsSync } from 'node:fs';
import { TfcacheError } from '../../platform/error.ts';
import type { Machine } from '../request.ts';
import { toMinorVersion } from '../version/tags.ts';
import { type FoundPython, findPython, queryPythonVersion, type RunProgram } from './python.ts';

/** What the machine is detected from; nothing is read before it is asked for. */
export interface MachineEnvironment {
  /** The process's environment: `PATH`, and setup-python's `pythonLocation`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Runs a program; used only when no file name tells python's version. */
  run: RunProgram;
  /** Node's name for the system; `process.platform` when left out. */
  platform?: NodeJS.Platform;
  /** Node's name for the processor; `process.arch` when left out. */
  arch?: NodeJS.Architecture;
  /** Whether a file is there; asked for the loaders of glibc and musl. */
  fileExists?: (path: string) => boolean;
}

const PYTHON_TIMEOUT_MS = 30_000;

/** Returns the machine of this process. Programs of this environment run only if a request leaves something out. */
export function createLocalMachine(environment: NodeJS.ProcessEnv): Machine {
  return detectMachine({
    environment,
    run: async (program, args) => {
      const { runProgram } = await import('../../platform/process/run.ts');
      const result = await runProgram(program, args, { environment, timeLimit: PYTHON_TIMEOUT_MS });
      if (result.exitCode === 0) return result.stdout;
      throw new TfcacheError('program-failed', `${program} failed.`, {
        found: result.stderr.trim(),
      });
    },
  });
}

/** Returns the machine of this process. Each answer is found once. */
export function detectMachine(surroundings: MachineEnvironment): Machine {
  const { platform = process.platform, arch = process.arch } = surroundings;
  const { environment, run } = surroundings;
  let found: Promise<FoundPython> | undefined;
  let full: Promise<string> | undefined;
  const python = (): Promise<FoundPython> => {
    found ??= findPython(environment, platform, run);
    return found;
  };
  return {
    getPythonVersion: async () => toMinorVersion((await python()).version),
    getFullPythonVersion() {
      full ??= python().then((known) => completeVersion(known, run));
      return full;
    },
    getPlatform: () => wheelPlatform(platform, arch, surroundings.fileExists ?? existsSync),
    getOs() {
      const name = SYSTEMS[platform];
      if (name !== undefined) return name;
      throw unknown('system', platform, '?os=linux, ?os=darwin or ?os=windows');
    },
    getArch() {
      const name = ARCHITECTURES[arch];
      if (name !== undefined) return name;
      throw unknown('processor', arch, '?arch=x86_64 or ?arch=arm64');
    },
  };
}

async function completeVersion(
  { version, program }: FoundPython,
  run: RunProgram,
): Promise<string> {
  if (program === undefined) return version;
  try {
    return (await queryPythonVersion(program, run)) ?? version;
  } catch {
    // A Python that cannot be started is known by its name alone.
    return version;
  }
}

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'arm64' };

const WHEEL_PLATFORMS: Readonly<Record<string, string>> = {
  'linux x64': 'linux_x86_64',
  'linux arm64': 'linux_aarch64',
  'darwin x64': 'macosx_x86_64',
  'darwin arm64': 'macosx_arm64',
  'win32 x64': 'win_amd64',
  'win32 arm64': 'win_arm64',
};

function wheelPlatform(
  platform: string,
  arch: string,
  fileExists: (path: string) => boolean,
): string {
  const name = WHEEL_PLATFORMS[`${platform} ${arch}`];
  if (name === undefined) {
    throw unknown('machine', `${platform} on ${arch}`, '?platform=linux_x86_64 or an exact tag');
  }
  if (platform === 'linux' && isMusl(name.slice('linux_'.length), fileExists)) {
    // musl 1.2 is in every Alpine since 3.13; manylinux wheels do not load there (PEP 656).
    return name.replace('linux_', 'musllinux_1_2_');
  }
  return name;
}

/** musl's loader without glibc's: some distributions have musl beside glibc for cross builds. */
function isMusl(arch: string, fileExists: (path: string) => boolean): boolean {
  if (!fileExists(`/lib/ld-musl-${arch}.so.1`)) return false;
  const glibc = arch === 'x86_64' ? '/lib64/ld-linux-x86-64.so.2' : '/lib/ld-linux-aarch64.so.1';
  return fileExists('/etc/alpine-release') || !fileExists(glibc);
}

function unknown(what: string, name: string, qualifiers: string): TfcacheError {
  return new TfcacheError('usage', `TensorFlow has no files for this ${what} (${name}).`, {
    hint: `Say in the request what it is for: ${qualifiers}`,
  });
}
