import { fileKey, type VerifiedFile, type WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { hashLockfile } from '../../lockfile/read-write.ts';
import { readSteadyClockMs } from '../../platform/clock.ts';
import type { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import { maskSecrets } from '../../platform/text/mask-secrets.ts';
import { toErrorReport } from '../../report/error-report.ts';
import type { FileReport, RefusedFile, Report, SourceName } from '../../report/report.ts';
import type { Artifact, Request } from '../../request/request.ts';
import type { LinkMode } from '../../store/store.ts';
import type { FetchedFile } from '../fetch/fetched.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { ResolvedRequests } from '../resolve/resolve.ts';
import type { ArtifactToSave, PullResult, SaveWork } from '../types.ts';
import {
  type RecordedFile,
  reportArtifacts,
  reportFetched,
  reportPlanned,
  reportRequests,
  sumBytesBySource,
} from './file-reports.ts';
import type { Steps } from './steps.ts';

/** What is known of a run so far, so that a report can be made whenever and however it ends. */
export interface RunRecorder {
  recordResolved(resolved: ResolvedRequests): void;
  /** The latest plan of these files. */
  recordPlanned(files: readonly PlannedFile[]): void;
  /** These files are here and right. */
  recordFetched(files: readonly FetchedFile[]): void;
  /** A mirror was asked for files. */
  recordMirror(mirror: string): void;
  /** Packs that the cache no longer has, and contents that came back wrong from it. */
  recordLostPacks(packs: Pick<SaveWork, 'evicted' | 'poisoned'>): void;
  /** What the cache holds cannot be read: whatever is stored counts as new to it. */
  recordUnreadCache(isStored: (file: VerifiedFile) => boolean): void;
  /** The cache cannot be asked. */
  recordCacheDown(): void;
  /** The lockfile was changed, one line a change. */
  recordLockChanges(changes: readonly string[]): void;
  /** Returns a log that passes everything on to `log` and keeps warnings and errors for the report. */
  wrapLog(log: Log): Log;
  /** A source gave wrong bytes. */
  recordRefused(file: WantedFile, error: TfcacheError): void;
  /** The run fails because of these requests or files. */
  recordFailed(subjects: FailedSubjects): void;
  /** Files that came from a cache or a mirror in this run, verified. */
  listTransferred(): readonly FileReport[];
  /** The end, with what there is to save: also of a run that failed, since what was verified is sound. */
  createResult(outcome: Report['outcome'], error: TfcacheError | undefined): PullResult;
}

/** What a run fails because of. */
export interface FailedSubjects {
  requests?: readonly Request[];
  files?: readonly WantedFile[];
}

export function createRunRecorder(inputs: Inputs, steps: Steps): RunRecorder {
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
  const batches: FetchedBatch[] = [];
  let isNew: ((file: VerifiedFile) => boolean) | undefined;
  let lost: Pick<SaveWork, 'evicted' | 'poisoned'> = { evicted: [], poisoned: [] };

  function collectFiles(): FileMap<RecordedFile> {
    const files = new FileMap<RecordedFile>();
    // Without the parameters of an address.
    const cache = inputs.cache.replace(/\?.*$/s, '');
    for (const planned of plans.flat()) {
      const origin = planned.source === 'cache' ? cache : undefined;
      files.set(planned.file, {
        report: reportPlanned(planned, origin),
        verifiedAfterMs: undefined,
      });
    }
    for (const { fetched, verifiedAfterMs: here } of batches) {
      for (const file of fetched)
        files.set(file.verified, { report: reportFetched(file), verifiedAfterMs: here });
    }
    return files;
  }

  function createSaveWork(): SaveWork | undefined {
    if (inputs.save === 'never' || inputs.cache === 'none') return undefined;
    const [fresh, local, offered]: [VerifiedFile[], VerifiedFile[], VerifiedFile[]] = [[], [], []];
    let isServed = false;
    for (const { fetched } of batches) {
      for (const { source, verified } of fetched) {
        if (source === 'mirror') fresh.push(verified);
        else if (isNew?.(verified) === true) local.push(verified);
        else if (source !== 'cache') offered.push(verified);
        isServed ||= source === 'store';
      }
    }
    // What a machine's own store served, other machines may lack. What was all in place was offered by the run that put it there.
    const isOffer = isServed && inputs.store.lifetime === 'persistent' && isNew === undefined;
    if (!isOffer) offered.length = 0;
    if (fresh.length === 0 && offered.length === 0) return undefined;
    const files = [...fresh, ...local, ...offered];
    return {
      version: 1,
      cache: inputs.cache,
      cacheKeyPrefix: inputs.cacheKeyPrefix,
      timeout: inputs.timeout,
      store: inputs.store.folder,
      files,
      offeredCount: offered.length,
      wasCacheDown: wasDown,
      artifacts: listArtifactsToSave(files, artifacts ?? []),
      ...lost,
    };
  }

  return {
    recordResolved(resolved) {
      artifacts = resolved.artifacts;
    },
    recordPlanned(planned) {
      plans.push(planned);
    },
    recordFetched(fetched) {
      batches.push({ fetched, verifiedAfterMs: Math.round(readSteadyClockMs() - started) });
    },
    recordMirror(url) {
      mirror = url;
    },
    recordLostPacks(packs) {
      lost = packs;
    },
    recordUnreadCache(isStored) {
      isNew = isStored;
    },
    recordCacheDown() {
      wasDown = true;
    },
    recordLockChanges(changes) {
      lockChanges = changes;
    },
    wrapLog: (log) => ({
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
    recordRefused({ bucket, path }, { where = '', expected = '', found = '' }) {
      refused.push({ bucket, path, origin: where, expected, found });
    },
    recordFailed({ requests = [], files = [] }) {
      for (const { text } of requests) failedRequests.add(text);
      for (const file of files) failedFiles.add(fileKey(file));
    },
    listTransferred: () =>
      batches
        .flatMap(({ fetched }) => fetched)
        .filter(({ source }) => source === 'cache' || source === 'mirror')
        .map(reportFetched),
    createResult(outcome, error) {
      const files = collectFiles();
      const counted: FileReport[] = [];
      for (const { report, verifiedAfterMs: here } of files.values()) {
        if (outcome === 'planned' || here !== undefined) counted.push(report);
      }
      const bytes = sumBytesBySource(counted);
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
                find: (file) => selectReported(files.get(file), outcome),
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
        spaceNeeded: outcome === 'planned' ? calculateSpaceNeeded(bytes, inputs.link) : undefined,
        warnings: [...warnings].map(maskSecrets),
        refused,
        steps: steps.times,
        error: error === undefined ? undefined : toErrorReport(error),
      };
      return { report, error, save: outcome === 'planned' ? undefined : createSaveWork() };
    },
  };
}

interface FetchedBatch {
  fetched: readonly FetchedFile[];
  /** Milliseconds from the beginning of the run. */
  verifiedAfterMs: number;
}

/** Bytes: staged once and moved in; a copy at the destination takes its room again. */
function calculateSpaceNeeded(bytes: Record<SourceName, number>, link: LinkMode): number {
  const moved = bytes.cache + bytes.mirror;
  return link === 'copy' ? 2 * moved + bytes.store : moved;
}

/** Of a run that failed, only what is here is told. */
function selectReported(
  file: RecordedFile | undefined,
  outcome: Report['outcome'],
): RecordedFile | undefined {
  return outcome === 'planned' || file?.verifiedAfterMs !== undefined ? file : undefined;
}

/** The artifacts that some of these files belong to, with positions in `files`. */
function listArtifactsToSave(
  files: readonly VerifiedFile[],
  artifacts: readonly Artifact[],
): ArtifactToSave[] {
  const positions = new FileMap<number>();
  for (const [position, file] of files.entries()) positions.set(file, position);
  return artifacts.flatMap((artifact) => {
    const own = artifact.files.flatMap((file) => positions.get(file) ?? []);
    if (own.length === 0) return [];
    return [{ id: artifact.id, files: own, isComplete: own.length === artifact.files.length }];
  });
}
