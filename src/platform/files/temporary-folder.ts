import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killOrphans } from '../process/orphans.ts';
import { formatProcessName } from '../process/process-identity.ts';
import { isAbandoned } from './temporary-file.ts';

/** The folder of a process that cannot be seen from here (another container, before a reboot) is removed after this time. */
const FOREIGN_MS = 7 * 24 * 3_600_000;
/** The same for a folder with a private key, which ssh reads only when it connects. */
const FOREIGN_KEY_MS = 3_600_000;

/**
 * Makes a folder for this process only (mode 700), and removes those that killed processes left under the same prefix. The caller
 * removes the folder.
 *
 * @param parent absolute path of an existing folder.
 * @param prefix of the name, for example `tfcache`.
 * @throws the system's error if it cannot be made.
 */
export function makeTemporaryFolder(parent: string, prefix: string): string {
  removeAbandonedFolders(parent, prefix);
  return mkdtempSync(join(parent, `${prefix}-${formatProcessName()}-`));
}

/** The prefixes of the names of temporary folders. */
export const TEMPORARY_PREFIX = 'tfcache';
/** Holds a private key. */
export const SSH_PREFIX = 'tfcache-ssh';
export const PROBE_PREFIX = 'tfcache-probe';

/** Returns the folder for temporary folders: that of the job if it has one, else the system's. */
export function getTemporaryParent(environment: NodeJS.ProcessEnv): string {
  return environment['RUNNER_TEMP'] || tmpdir();
}

/**
 * Removes the temporary folders of every kind that killed processes left, some with private keys. Every command calls it first, also
 * if it makes no such folder itself.
 */
export function removeLeftoverFolders(environment: NodeJS.ProcessEnv): void {
  for (const parent of new Set([getTemporaryParent(environment), tmpdir()])) {
    for (const prefix of [TEMPORARY_PREFIX, SSH_PREFIX, PROBE_PREFIX]) {
      removeAbandonedFolders(parent, prefix);
    }
  }
}

/** Removes the temporary folders that killed processes left under a prefix. */
export function removeAbandonedFolders(parent: string, prefix: string): void {
  const foreignLimitMs = prefix === SSH_PREFIX ? FOREIGN_KEY_MS : FOREIGN_MS;
  for (const name of listNamesWithPrefix(parent, prefix)) {
    const folder = join(parent, name);
    try {
      const rest = name.slice(prefix.length + 1);
      if (isAbandonedFolder(folder, rest, foreignLimitMs)) removeFolder(folder);
    } catch (error) {
      // Another process removes the same folder, or it belongs to another user. Never a reason to stop the run.
      if (!(error instanceof Error)) throw error;
    }
  }
}

function listNamesWithPrefix(parent: string, prefix: string): string[] {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(`${prefix}-`));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [];
  }
}

/** First kills an rsync that outlived its parent (SIGKILL does not reach children) and still writes into the folder. */
function removeFolder(folder: string): void {
  killOrphans(
    (args) =>
      args.at(-1)?.startsWith(`${folder}/`) === true &&
      args.some((arg) => arg.startsWith('--partial-dir=')),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Checks the user as well: in a folder that everybody may write to, other users may make folders with any name. */
function isAbandonedFolder(folder: string, rest: string, foreignLimitMs: number): boolean {
  // mkdtemp(3) adds six characters.
  const [, owner] = /^(.*)-\w{6}$/.exec(rest) ?? [];
  if (owner === undefined) return false;
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || !isOwnedByThisUser(stats.uid)) return false;
  return isAbandoned(owner, foreignLimitMs, () => Date.now() - stats.ctimeMs);
}

function isOwnedByThisUser(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}
