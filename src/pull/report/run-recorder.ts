import { fileKey, type VerifiedFile, type WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { hashLockfile } from '../../lockfile/lockfile.ts';
import { readSteadyClockMs } from '../../platform/clock.ts';
import type { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import { maskSecrets } from '../../platform/text/mask-secrets.ts';
import { asErrorReport } from '../../report/error-report.ts';
import type { FileReport, RefusedFile, Report, SourceName } from '../../report/report.ts';
import type { Artifact, Request } from '../../request/request.ts';
import type { LinkMode } from '../../store/store.ts';
import type { Fetched } from '../fetch/fetched.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { Resolved } from '../resolve/resolve.ts';
import type { ArtifactToSave, PullResult, SaveWork } from '../types.ts';
import {
  countBytes,
  type KnownFile,
  reportArtifacts,
  reportFetched,
  reportPlanned,
  reportRequests,
} from './file-reports.ts';
import type { Steps } from './steps.ts';

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
  /** The cache cannot be asked. */
  cacheIsDown(): void;
  /** The lockfile was changed, one line a change. */
  lockChanged(changes: readonly string[]): void;
  /** Returns a log that passes everything on to `log` and keeps warnings and errors for the report. */
  recording(log: Log): Log;
  /** A source gave wrong bytes. */
  refused(file: WantedFile, error: TfcacheError): void;
  /** The run fails because of these requests or files. */
  failed(subjects: FailedSubjects): void;
  /** Files that came from a cache or a mirror in this run, verified. */
  brought(): readonly FileReport[];
  /** The end, with what there is to save: also of a run that failed, since what was verified is sound. */
  result(outcome: Report['outcome'], error: TfcacheError | undefined): PullResult;
}

/** What a run fails because of. */
export interface FailedSubjects {
  requests?: readonly Request[];
  files?: readonly WantedFile[];
}

export function createLedger(inputs: Inputs, steps: Steps): Ledger {
  const started = readSteadyClockMs();
  const warnings = new Set<string>();
  const refused: RefusedFile[] = [];
  const failedRequests = new Set<string>();
  const failedFiles = new Set<string>();
  let artifacts: readonly Artifact[] | undefined;
  let mirror = '';
  let wasDown = false;
  let lockChanges: readonly string[] = [];
  // Reports are made of these at the end, when what publishing needs is gone: there may be a hundred thousand files.
  const plans: (readonly PlannedFile[])[] = [];
  const arrivals: Arrivals[] = [];
  let isNew: ((file: VerifiedFile) => boolean) | undefined;
  let lost: Pick<SaveWork, 'evicted' | 'poisoned'> = { evicted: [], poisoned: [] };

  function knownFiles(): FileMap<KnownFile> {
    const files = new FileMap<KnownFile>();
    // Without the parameters of an address.
    const cache = inputs.cache.replace(/\?.*$/s, '');
    for (const planned of plans.flat()) {
      const origin = planned.source === 'cache' ? cache : undefined;
      files.set(planned.file, { report: reportPlanned(planned, origin), here: undefined });
    }
    for (const { fetched, here } of arrivals) {
      for (const file of fetched) files.set(file.verified, { report: reportFetched(file), here });
    }
    return files;
  }

  function workToSave(): SaveWork | undefined {
    if (inputs.save === 'never' || inputs.cache === 'none') return undefined;
    const [fresh, near, offered]: [VerifiedFile[], VerifiedFile[], VerifiedFile[]] = [[], [], []];
    let isServed = false;
    for (const { fetched } of arrivals) {
      for (const { source, verified } of fetched) {
        if (source === 'mirror') fresh.push(verified);
        else if (isNew?.(verified) === true) near.push(verified);
        else if (source !== 'cache') offered.push(verified);
        isServed ||= source === 'store';
      }
    }
    // What a machine's own store served, other machines may lack. What was all in place was offered by the run that put it there.
    const isOffer = isServed && inputs.store.lifetime === 'persistent' && isNew === undefined;
    if (!isOffer) offered.length = 0;
    if (fresh.length === 0 && offered.length === 0) return undefined;
    const files = [...fresh, ...near, ...offered];
    return {
      version: 1,
      cache: inputs.cache,
      cacheKeyPrefix: inputs.cacheKeyPrefix,
      timeout: inputs.timeout,
      store: inputs.store.folder,
      files,
      offered: offered.length,
      wasDown,
      artifacts: artifactsOf(files, artifacts ?? []),
      ...lost,
    };
  }

  return {
    resolved(resolved) {
      artifacts = resolved.artifacts;
    },
    planned(planned) {
      plans.push(planned);
    },
    fetched(fetched) {
      arrivals.push({ fetched, here: Math.round(readSteadyClockMs() - started) });
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
    cacheIsDown() {
      wasDown = true;
    },
    lockChanged(changes) {
      lockChanges = changes;
    },
    recording: (log) => ({
      ...log,
      warning(message) {
        warnings.add(message);
        log.warning(message);
      },
      error(message) {
        warnings.add(message);
        log.error(message);
      },
    }),
    refused({ bucket, path }, { where = '', expected = '', found = '' }) {
      refused.push({ bucket, path, origin: where, expected, found });
    },
    failed({ requests = [], files = [] }) {
      for (const { text } of requests) failedRequests.add(text);
      for (const file of files) failedFiles.add(fileKey(file));
    },
    brought: () =>
      arrivals
        .flatMap(({ fetched }) => fetched)
        .filter(({ source }) => source === 'cache' || source === 'mirror')
        .map(reportFetched),
    result(outcome, error) {
      const files = knownFiles();
      const counted: FileReport[] = [];
      for (const { report, here } of files.values()) {
        if (outcome === 'planned' || here !== undefined) counted.push(report);
      }
      const bytes = countBytes(counted);
      const complete = outcome !== 'failed';
      let digest: string | undefined;
      const report: Report = {
        version: 1,
        outcome,
        cacheHit: complete && counted.every((file) => file.source !== 'mirror'),
        path: inputs.path,
        bytes,
        artifacts:
          artifacts === undefined
            ? reportRequests(inputs.requests, (request) => failedRequests.has(request.text))
            : reportArtifacts(artifacts, {
                outcome,
                find: (file) => told(files.get(file), outcome),
                isFailed: (file) => failedFiles.has(fileKey(file)),
                // Nothing names what the run failed because of: it is what it did not bring.
                missing:
                  failedFiles.size > 0 || error?.code === 'interrupted' ? 'missing' : 'failed',
              }),
        mirror: outcome === 'planned' ? '' : mirror,
        // When it is asked for: loading what hashes takes a run that prints none a tenth of its time.
        get lockDigest() {
          digest ??= inputs.lockFile === undefined ? '' : hashLockfile(inputs.lockFile);
          return digest;
        },
        lockFile: inputs.lockFile ?? '',
        lockChanges,
        spaceNeeded: outcome === 'planned' ? spaceNeeded(bytes, inputs.link) : undefined,
        warnings: [...warnings].map(maskSecrets),
        refused,
        steps: steps.times,
        error: error === undefined ? undefined : asErrorReport(error),
      };
      return { report, error, save: outcome === 'planned' ? undefined : workToSave() };
    },
  };
}

interface Arrivals {
  fetched: readonly Fetched[];
  /** Milliseconds from the beginning of the run. */
  here: number;
}

/** Bytes: staged once and moved in; a copy at the destination takes its room again. */
function spaceNeeded(bytes: Record<SourceName, number>, link: LinkMode): number {
  const moved = bytes.cache + bytes.mirror;
  return link === 'copy' ? 2 * moved + bytes.store : moved;
}

/** Of a run that failed, only what is here is told. */
function told(file: KnownFile | undefined, outcome: Report['outcome']): KnownFile | undefined {
  return outcome === 'planned' || file?.here !== undefined ? file : undefined;
}

/** The artifacts that some of these files belong to, with positions in `files`. */
function artifactsOf(
  files: readonly VerifiedFile[],
  artifacts: readonly Artifact[],
): ArtifactToSave[] {
  const positions = new FileMap<number>();
  for (const [position, file] of files.entries()) positions.set(file, position);
  return artifacts.flatMap((artifact) => {
    const own = artifact.files.flatMap((file) => positions.get(file) ?? []);
    if (own.length === 0) return [];
    return [{ id: artifact.id, files: own, whole: own.length === artifact.files.length }];
  });
}
