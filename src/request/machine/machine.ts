import { existsSync } from 'node:fs';
import { TfcacheError } from '../../platform/error.ts';
import type { Machine } from '../request.ts';
import { toMinorVersion } from '../version/tags.ts';
import { type FoundPython, findPython, queryPythonVersion, type RunProgram } from './python.ts';

/** What the machine is detected from. Nothing is read before it is needed. */
export interface MachineEnvironment {
  /** The environment of the process: `PATH`, and `pythonLocation` of setup-python. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Runs a program. Used only if no file name contains the version of Python. */
  run: RunProgram;
  /** Node's name of the system. Default: `process.platform`. */
  platform?: NodeJS.Platform;
  /** Node's name of the processor. Default: `process.arch`. */
  arch?: NodeJS.Architecture;
  /** Returns true if a file exists. Used for the loaders of glibc and musl. */
  fileExists?: (path: string) => boolean;
}

const PYTHON_TIMEOUT_MS = 30_000;

/** Returns the machine of this process. Programs of this environment run only if a request leaves something out. */
export function createLocalMachine(environment: NodeJS.ProcessEnv): Machine {
  return detectMachine({
    environment,
    run: async (program, args) => {
      const { runProgram } = await import('../../platform/process/run.ts');
      const result = await runProgram(program, args, {
        environment,
        timeLimitMs: PYTHON_TIMEOUT_MS,
      });
      if (result.exitCode === 0) return result.stdout;
      throw new TfcacheError('program-failed', `${program} failed.`, {
        found: result.stderr.trim(),
      });
    },
  });
}

/** Returns the machine of this process. Each answer is found once. */
export function detectMachine(context: MachineEnvironment): Machine {
  const { platform = process.platform, arch = process.arch } = context;
  const { environment, run } = context;
  let python: Promise<FoundPython> | undefined;
  let fullVersion: Promise<string> | undefined;
  const getPython = (): Promise<FoundPython> => {
    python ??= findPython(environment, platform, run);
    return python;
  };
  return {
    getPythonVersion: async () => toMinorVersion((await getPython()).version),
    getFullPythonVersion() {
      fullVersion ??= getPython().then((known) => completeVersion(known, run));
      return fullVersion;
    },
    getPlatform: () => detectWheelPlatform(platform, arch, context.fileExists ?? existsSync),
    getOs() {
      const name = SYSTEMS[platform];
      if (name !== undefined) return name;
      throw createUnsupportedError('system', platform, '?os=linux, ?os=darwin or ?os=windows');
    },
    getArch() {
      const name = ARCHITECTURES[arch];
      if (name !== undefined) return name;
      throw createUnsupportedError('processor', arch, '?arch=x86_64 or ?arch=arm64');
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
    // If Python cannot be started, the version in its file name is all that is known.
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

function detectWheelPlatform(
  platform: string,
  arch: string,
  fileExists: (path: string) => boolean,
): string {
  const name = WHEEL_PLATFORMS[`${platform} ${arch}`];
  if (name === undefined) {
    throw createUnsupportedError(
      'machine',
      `${platform} on ${arch}`,
      '?platform=linux_x86_64 or an exact tag',
    );
  }
  if (platform === 'linux' && isMusl(name.slice('linux_'.length), fileExists)) {
    // Every Alpine since 3.13 has musl 1.2, on which manylinux wheels do not load (PEP 656).
    return name.replace('linux_', 'musllinux_1_2_');
  }
  return name;
}

/** Checks for glibc's loader too, because some distributions have musl and glibc for cross builds. */
function isMusl(arch: string, fileExists: (path: string) => boolean): boolean {
  if (!fileExists(`/lib/ld-musl-${arch}.so.1`)) return false;
  const glibc = arch === 'x86_64' ? '/lib64/ld-linux-x86-64.so.2' : '/lib/ld-linux-aarch64.so.1';
  return fileExists('/etc/alpine-release') || !fileExists(glibc);
}

function createUnsupportedError(what: string, name: string, qualifiers: string): TfcacheError {
  return new TfcacheError(
    'machine-unsupported',
    `TensorFlow has no files for this ${what} (${name}).`,
    { hint: `To request files for another machine, add ${qualifiers}` },
  );
}
