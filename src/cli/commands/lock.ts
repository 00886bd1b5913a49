import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs } from '../../inputs/inputs.ts';
import { type InputContext, parseInputs, resolveInputPath } from '../../inputs/parse.ts';
import type { RawInputs } from '../../inputs/table.ts';
import { compareLockfiles } from '../../lockfile/compare.ts';
import { EMPTY_LOCKFILE, type LockedArtifact, type Lockfile } from '../../lockfile/lockfile.ts';
import { findEntriesOfOtherMachines } from '../../lockfile/other-machines.ts';
import { hashLockfile, readLockfile } from '../../lockfile/read-write.ts';
import { requireWritableLockfile } from '../../lockfile/require-writable.ts';
import { updateLockfile } from '../../lockfile/update-lockfile.ts';
import { TfcacheError } from '../../platform/error.ts';
import { fileError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import { makeTemporaryFolder } from '../../platform/files/temporary-folder.ts';
import { pull } from '../../pull/pull.ts';
import type { RunContext } from '../../pull/types.ts';
import { renderLogLines } from '../../report/lines.ts';
import { COMMIT_LOCKFILE_HINT } from '../../report/lock-changes.ts';
import { finishCommand } from '../finish-command.ts';
import type { CommandLine } from '../options.ts';
import { applyCliDefaults, runInSession } from '../session.ts';

/**
 * Runs `tfcache lock`: pulls with a new lockfile and replaces the old lockfile only if the pull succeeded. Keeps the
 * entries of other machines for the same requests. Publishes the files only if the user set `path`.
 */
export async function runLockCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ runContext, context }) => {
    const raw = lockInputs(applyCliDefaults(line), context);
    const inputs = await parseInputs(raw, context);
    const lockFile = refuseContradictions(inputs);
    requireWritableLockfile(lockFile);
    const scratch = scratchFor(inputs, context);
    const fresh = join(scratch, 'tfcache.lock');
    try {
      const path = line.inputs.path === undefined ? join(scratch, 'destination') : inputs.path;
      const result = await pull({ ...inputs, path, lockFile: fresh }, runContext);
      const lockChanges =
        result.error === undefined ? await replaceLock(lockFile, fresh, runContext) : [];
      const shown = {
        ...result.report,
        path: line.inputs.path === undefined ? '' : inputs.path,
        lockFile,
        lockDigest: hashLockfile(lockFile),
        lockChanges,
      };
      return finishCommand(line, { ...result, report: shown }, runContext, () =>
        renderLogLines(shown),
      );
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

/** Uses the requests of the lockfile if the command line has none. */
function lockInputs(raw: RawInputs, context: InputContext): RawInputs {
  const written = raw['lock-file'] ?? 'tfcache.lock';
  if (raw.artifacts !== undefined) return { ...raw, 'lock-file': written };
  const lock = readLockfile(resolveInputPath(written, context));
  if (lock === undefined) {
    throw new TfcacheError('command-line-invalid', 'There are no requests and no lockfile.', {
      where: resolveInputPath(written, context),
      hint: "Write the requests to lock: tfcache lock 'wheel:tensorflow-cpu~=2.15.0?python=3.11' --mirrors rsync://…",
    });
  }
  const requests = lock.artifacts.map((artifact) => artifact.request);
  return { ...raw, 'lock-file': written, artifacts: requests.join('\n') };
}

/** Logs and returns the changes: the user must see that the content of a file has changed under the same name. */
async function replaceLock(
  lockFile: string,
  fresh: string,
  { log, signal }: Pick<RunContext, 'log' | 'signal'>,
): Promise<readonly string[]> {
  const locked = readLockfile(fresh) ?? EMPTY_LOCKFILE;
  let kept: readonly LockedArtifact[] = [];
  let changes: string[] = [];
  await updateLockfile(lockFile, signal, () => {
    const before = readLockfile(lockFile) ?? EMPTY_LOCKFILE;
    kept = keptEntries(before, locked);
    const after = { ...locked, artifacts: [...locked.artifacts, ...kept] };
    changes = compareLockfiles(before, after);
    return after;
  });
  for (const { id } of kept) log.info(`Kept for another platform or Python version: ${id}`);
  if (kept.length > 0) log.info('If no machine needs such an entry, delete it from the lockfile.');
  for (const change of changes) log.info(change);
  log.info(
    changes.length === 0
      ? `${lockFile} is unchanged.`
      : `Locked in ${lockFile}. ${COMMIT_LOCKFILE_HINT}`,
  );
  return changes;
}

/** Returns the entries of other machines for the same requests: developers on several systems share one lockfile. */
function keptEntries(before: Lockfile, locked: Lockfile): readonly LockedArtifact[] {
  const ids = new Set(locked.artifacts.map(({ id }) => id));
  const others = locked.artifacts.flatMap(({ id }) => findEntriesOfOtherMachines(before, id));
  return [...new Set(others)].filter(({ id }) => !ids.has(id));
}

function refuseContradictions({ lockFile, frozen, lookupOnly, offline }: Inputs): string {
  const contradiction = frozen ? 'frozen' : lookupOnly ? 'lookup-only' : offline ? 'offline' : '';
  if (contradiction === '' && lockFile !== undefined) return lockFile;
  throw new TfcacheError(
    'command-line-invalid',
    `tfcache lock cannot be combined with --${contradiction}.`,
    {
      where: 'command line',
      hint:
        contradiction === 'lookup-only'
          ? 'Use tfcache plan: it downloads nothing.'
          : `Remove --${contradiction}: tfcache lock resolves the requests against a mirror.`,
    },
  );
}

/**
 * Creates a temporary folder for the new lockfile and for a destination that is not kept. It is inside the store's folder,
 * where links are cheap, and where the next `tfcache lock` deletes it if this one is killed.
 */
function scratchFor({ store }: Inputs, { temporaryFolder }: InputContext): string {
  const parent = store.lifetime === 'persistent' ? store.folder : temporaryFolder;
  try {
    makeFolders(parent);
    return makeTemporaryFolder(parent, 'lock');
  } catch (error) {
    throw fileError('create a temporary folder for the new lockfile', parent, error);
  }
}
