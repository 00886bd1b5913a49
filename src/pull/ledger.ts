import type { TfcacheError } from '../error.ts';
import { fileKey, type VerifiedFile } from '../file.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { lockDigest } from '../lock/lock.ts';
import type { Log } from '../log.ts';
import type { FileReport, Report } from '../report/report.ts';
import type { Artifact } from '../request/request.ts';
import type { Fetched } from './fetched.ts';
import type { PlannedFile } from './plan.ts';
import { countBytes, reportArtifacts, reportFetched, reportPlanned } from './report.ts';
import type { Resolved } from './resolve.ts';
import type { Steps } from './steps.ts';
import type { ArtifactToSave, PullResult, SaveWork } from './types.ts';

/** What is known of a run so far, so that a report can be made whenever and however it ends. */
export interface Ledger {
  resolved(resolved: Resolved): void;
  /** The latest plan of these files. */
  planned(files: readonly PlannedFile[]): void;
  /** These files are here and right. */
  fetched(files: readonly Fetched[]): void;
  /** A mirror was asked for files. */
  asked(mirror: string): void;
  /** Packs that the cache no longer has, and contents that came back wrong from it. */
  lost(packs: Pick<SaveWork, 'evicted' | 'poisoned'>): void;
  /** What the cache holds cannot be read: whatever is stored counts as new to it. */
  unseen(isStored: (file: VerifiedFile) => boolean): void;
  /** Told to the log at once, and kept for the report. */
  warn(log: Log, warning: string): void;
  /** The end, with what there is to save: also of a run that failed, since what was verified is sound. */
  result(outcome: Report['outcome'], error: TfcacheError | undefined): PullResult;
}

export function createLedger(inputs: Inputs, steps: Steps): Ledger {
  const files = new Map<string, FileReport>();
  const started = performance.now();
  /** Milliseconds from the beginning until a file was here, verified. */
  const here = new Map<string, number>();
  const warnings: string[] = [];
  let artifacts: readonly Artifact[] = [];
  let mirror = '';
  const fresh: VerifiedFile[] = [];
  /** Verified as well, but not from a mirror. */
  const near: VerifiedFile[] = [];
  let isNew = (_file: VerifiedFile) => false;
  let lost: Pick<SaveWork, 'evicted' | 'poisoned'> = { evicted: [], poisoned: [] };

  /** Staged once and moved in; a copy at the destination takes its room again. */
  function spaceNeeded(): number {
    const { store, cache, mirror: fromMirror } = countBytes([...files.values()]);
    const moved = cache + fromMirror;
    return inputs.link === 'copy' ? 2 * moved + store : moved;
  }

  function workToSave(): SaveWork | undefined {
    if (inputs.save === 'never' || inputs.cache === 'none' || fresh.length === 0) return undefined;
    const files = [...fresh, ...near.filter(isNew)];
    return {
      version: 1,
      cache: inputs.cache,
      cacheKeyPrefix: inputs.cacheKeyPrefix,
      store: inputs.store.folder,
      files,
      artifacts: artifactsOf(files, artifacts),
      ...lost,
    };
  }

  return {
    resolved(resolved) {
      artifacts = resolved.artifacts;
    },
    planned(planned) {
      const origin = {
        // Without the parameters of an address.
        cache: inputs.cache.replace(/\?.*$/s, ''),
        mirror: undefined,
        store: undefined,
      } as const;
      for (const file of planned) {
        const from = file.source === 'in-place' ? undefined : origin[file.source];
        files.set(fileKey(file.file), reportPlanned(file, from));
      }
    },
    fetched(fetched) {
      for (const file of fetched) {
        files.set(fileKey(file.verified), reportFetched(file));
        here.set(fileKey(file.verified), performance.now() - started);
        (file.source === 'mirror' ? fresh : near).push(file.verified);
      }
    },
    asked(url) {
      mirror = url;
    },
    lost(packs) {
      lost = packs;
    },
    unseen(isStored) {
      isNew = isStored;
    },
    warn(log, warning) {
      log.warning(warning);
      warnings.push(warning);
    },
    result(outcome, error) {
      const counted = [...files.values()].filter(
        (file) => outcome === 'planned' || here.has(fileKey(file)),
      );
      const bytes = countBytes(counted);
      const complete = outcome !== 'failed';
      const report: Report = {
        version: 1,
        outcome,
        cacheHit: complete && counted.every((file) => file.source !== 'mirror'),
        path: inputs.path,
        bytes,
        artifacts: reportArtifacts(artifacts, counted, here),
        mirror: outcome === 'planned' ? '' : mirror,
        lockDigest: inputs.lockFile === undefined ? '' : lockDigest(inputs.lockFile),
        spaceNeeded: outcome === 'planned' ? spaceNeeded() : undefined,
        warnings,
        steps: steps.times,
        error:
          error === undefined
            ? undefined
            : { code: error.code, message: error.message, hint: error.hint },
      };
      return { report, error, save: workToSave() };
    },
  };
}

/** The artifacts that some of these files belong to, with positions in `files`. */
function artifactsOf(
  files: readonly VerifiedFile[],
  artifacts: readonly Artifact[],
): ArtifactToSave[] {
  const positions = new Map(files.map((file, position) => [fileKey(file), position]));
  return artifacts.flatMap((artifact) => {
    const own = artifact.files.flatMap((file) => positions.get(fileKey(file)) ?? []);
    if (own.length === 0) return [];
    return [{ id: artifact.id, files: own, whole: own.length === artifact.files.length }];
  });
}
