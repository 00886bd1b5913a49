import { TfcacheError } from '../../../platform/error.ts';
import type { Log } from '../../../platform/log.ts';
import { findProgram } from '../../../platform/process/program.ts';
import { runProgram } from '../../../platform/process/run.ts';

/** How a system's package manager installs rsync: commands run one after the other. */
interface PackageManager {
  program: string;
  commands: readonly (readonly string[])[];
  /** False when it must not be run as root. */
  asRoot: boolean;
}

const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    program: 'apt-get',
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'rsync'],
    ],
    asRoot: true,
  },
  { program: 'apk', commands: [['apk', 'add', '--no-cache', 'rsync']], asRoot: true },
  { program: 'dnf', commands: [['dnf', 'install', '-y', 'rsync']], asRoot: true },
  { program: 'microdnf', commands: [['microdnf', 'install', '-y', 'rsync']], asRoot: true },
  { program: 'yum', commands: [['yum', 'install', '-y', 'rsync']], asRoot: true },
  {
    program: 'zypper',
    commands: [['zypper', '--non-interactive', 'install', 'rsync']],
    asRoot: true,
  },
  { program: 'pacman', commands: [['pacman', '-Sy', '--noconfirm', 'rsync']], asRoot: true },
  { program: 'brew', commands: [['brew', 'install', 'rsync']], asRoot: false },
];

const INSTALL_LIMIT_MS = 10 * 60_000;

export interface EnsureRsyncOptions {
  /** The input `rsync-path`. */
  rsyncPath: string;
  environment: NodeJS.ProcessEnv;
  log: Log;
  signal?: AbortSignal;
  /** Told by tests; this process's user when absent. */
  isRoot?: boolean;
}

/**
 * Sees to it that the rsync program is there. When the user named none and it is missing, the system's package manager
 * installs it, if that needs no password; a program that the user named is never installed.
 *
 * @returns the path of the program.
 * @throws TfcacheError `failed` that names the command to run on this system.
 */
export async function ensureRsync(options: EnsureRsyncOptions): Promise<string> {
  const { rsyncPath, environment, log } = options;
  const found = await findProgram(rsyncPath, environment);
  if (found !== undefined) return found;
  if (rsyncPath !== 'rsync') {
    throw new TfcacheError(
      'program-missing',
      'The program named by the input rsync-path is not there.',
      {
        where: rsyncPath,
        hint: 'Correct rsync-path, or leave it out to use the rsync of this machine.',
      },
    );
  }
  const manager = await findManager(environment);
  const prefix = manager === undefined ? undefined : await privileges(manager, options);
  if (manager === undefined || prefix === undefined) throw missing(manager);

  log.info(`rsync is missing; installing it with ${manager.program}.`);
  let output = '';
  for (const command of manager.commands) {
    const [program = '', ...args] = [...prefix, ...command];
    const result = await runProgram(program, args, {
      environment: { ...environment, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      timeLimitMs: INSTALL_LIMIT_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    output = result.stderr || result.stdout;
    // `apt-get update` fails when one of many sources is unreachable; the installation decides.
  }
  const installed = await findProgram(rsyncPath, environment);
  if (installed === undefined) throw missing(manager, output);
  return installed;
}

async function findManager(environment: NodeJS.ProcessEnv): Promise<PackageManager | undefined> {
  for (const manager of PACKAGE_MANAGERS) {
    if ((await findProgram(manager.program, environment)) !== undefined) return manager;
  }
  return undefined;
}

/** What stands before the command so that it may install; undefined when a password would be needed. */
async function privileges(
  manager: PackageManager,
  options: EnsureRsyncOptions,
): Promise<string[] | undefined> {
  const isRoot = options.isRoot ?? process.getuid?.() === 0;
  if (!manager.asRoot) return isRoot ? undefined : [];
  if (isRoot) return [];
  const { environment } = options;
  if ((await findProgram('sudo', environment)) === undefined) return undefined;
  const asked = await runProgram('sudo', ['-n', 'true'], { environment, timeLimitMs: 20_000 });
  return asked.exitCode === 0 ? ['sudo', '-n'] : undefined;
}

function missing(manager: PackageManager | undefined, output?: string): TfcacheError {
  const sudo = manager?.asRoot ? 'sudo ' : '';
  const command = manager?.commands.map((words) => `${sudo}${words.join(' ')}`).join(' && ');
  const hint =
    command !== undefined
      ? `Install it before this step: ${command}`
      : process.platform === 'win32'
        ? 'There is no rsync on Windows by default: use an https:// mirror, or run this job in WSL or on Linux.'
        : "Install rsync with this system's package manager before this step.";
  return new TfcacheError(
    'program-missing',
    'The program "rsync" is missing and could not be installed.',
    {
      hint,
      ...(output === undefined ? {} : { found: output.trim().slice(-500) }),
    },
  );
}
