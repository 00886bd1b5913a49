import { join } from 'node:path';
import { INDEX_BUCKET, PIP_CONFIGURED_INDEX } from '../../bucket/buckets.ts';
import type { Inputs, MirrorLine } from '../../inputs/inputs.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { createBucketPredicate } from '../../mirror/serves.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { RunContext } from '../types.ts';

/** The mirrors of a run; none is loaded or contacted before it is asked for something. */
export interface Mirrors {
  /** How many there are at most for one bucket: how often a request may be tried. */
  readonly maxTierCount: number;
  /** Where a bucket is looked for, for messages. */
  describeUrls(bucket: string): string;
  /** Which mirrors serve some buckets, in the order of the input `mirrors`. */
  listPositions(buckets: readonly string[]): readonly MirrorPosition[];
  /**
   * Those that serve a bucket, in order of preference; at least one. A mirror that cannot be opened is given up at once.
   *
   * @throws TfcacheError `configuration` when no line of `mirrors` serves the bucket or the run is offline.
   */
  openFor(bucket: string): Promise<readonly Mirror[]>;
  /** Remembers that a mirror cannot be reached; it is not asked again in this run. */
  markUnusable(mirror: Mirror, error: TfcacheError): void;
  /** Why a mirror was given up, undefined while it may be asked. */
  getFailure(mirror: Mirror): TfcacheError | undefined;
}

/** A mirror among those of its bucket. */
export interface MirrorPosition {
  bucket: string;
  /** Position among the mirrors of the bucket. */
  tier: number;
  /** It belongs to the default of the input `mirrors`. */
  isDefault: boolean;
}

export function openMirrors(inputs: Inputs, runContext: RunContext): Mirrors {
  const opened = new Map<MirrorLine, Promise<Mirror>>();
  const dead = new Map<Mirror, TfcacheError>();
  const pipUrls = new Map<MirrorLine, string>();

  function open(line: MirrorLine): Promise<Mirror> {
    const known =
      opened.get(line) ?? openMirror(line, inputs, runContext).then(keepUrl).catch(toUnusable);
    opened.set(line, known);
    return known;

    function keepUrl(mirror: Mirror): Mirror {
      if (line.url === PIP_CONFIGURED_INDEX) pipUrls.set(line, mirror.url);
      return mirror;
    }

    function toUnusable(error: unknown): Mirror {
      if (!(error instanceof TfcacheError)) throw error;
      const mirror = createUnusableMirror(line, error);
      dead.set(mirror, error);
      return mirror;
    }
  }

  // pip's own index has an address only once it is opened.
  const shownUrl = (line: MirrorLine): string =>
    line.url === PIP_CONFIGURED_INDEX
      ? (pipUrls.get(line) ?? `${INDEX_BUCKET}=${PIP_CONFIGURED_INDEX}`)
      : withoutUser(line.url);
  const listLines = (bucket: string): MirrorLine[] =>
    inputs.mirrors.filter(
      (line) => line.bucket === bucket || (line.bucket === undefined && bucket !== INDEX_BUCKET),
    );
  return {
    maxTierCount: Math.max(1, inputs.mirrors.length),
    describeUrls: (bucket) =>
      listLines(bucket)
        .map((line) => shownUrl(line).replaceAll('{bucket}', bucket))
        .join(', '),
    listPositions(buckets) {
      const tiers = new Map<string, number>();
      return inputs.mirrors.flatMap((line) =>
        buckets
          .filter((bucket) => listLines(bucket).includes(line))
          .map((bucket) => {
            const tier = tiers.get(bucket) ?? 0;
            tiers.set(bucket, tier + 1);
            return { bucket, tier, isDefault: line.isDefault === true };
          }),
      );
    },
    async openFor(bucket) {
      if (inputs.offline) throw createOfflineError(bucket);
      const lines = listLines(bucket);
      if (lines.length === 0) throw createNotServedError(bucket, inputs);
      return Promise.all(lines.map(open));
    },
    markUnusable: (mirror, error) => dead.set(mirror, error),
    getFailure: (mirror) => dead.get(mirror),
  };
}

function createOfflineError(bucket: string): TfcacheError {
  return new TfcacheError('configuration', `Offline: no mirror is asked for bucket ${bucket}.`, {
    hint: 'Run once with offline: false and a lock-file, so that everything is locked and cached.',
  });
}

function createNotServedError(bucket: string, inputs: Inputs): TfcacheError {
  return new TfcacheError('configuration', `No mirror serves the bucket ${bucket}.`, {
    where:
      inputs.mirrors.map((line) => withoutUser(line.url)).join(', ') || 'input mirrors (empty)',
    hint: `Add a line to mirrors: rsync://your.mirror/{bucket}/ or ${bucket}=https://your.mirror/folder/`,
  });
}

/** Stands for a mirror that cannot be opened, so that those after it are asked. */
function createUnusableMirror({ url, bucket }: MirrorLine, error: TfcacheError): Mirror {
  const fail = (): Promise<never> => Promise.reject(error);
  return {
    url: withoutUser(url),
    serves: createBucketPredicate(bucket),
    listFolders: fail,
    listTree: fail,
    fetch: fail,
  };
}

/** What may be shown of a URL. */
function withoutUser(url: string): string {
  // Up to the last @ before the path: a password may hold one.
  return url.replace(/:\/\/[^/]*@/, '://');
}

/** A network may block the index that the user did not ask for: a run must not wait long for it. */
const DEFAULT_INDEX_TIMEOUT_SECONDS = 20;
const DEFAULT_INDEX_RETRIES = 1;

/** Each transport is loaded when a mirror of its kind is asked for something. */
async function openMirror(
  { url, bucket, isDefault }: MirrorLine,
  inputs: Inputs,
  { environment, log }: RunContext,
): Promise<Mirror> {
  const { timeout, retries, bandwidthLimit } = inputs;
  const common = { url, bucket, timeout, retries, bandwidthLimit, environment, log };
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  if (scheme === 'rsync' || scheme === 'rsyncs' || scheme === 'ssh') {
    const { createRsyncMirror } = await import('../../mirror/rsync/rsync-mirror.ts');
    const { rsyncPath, rsyncPassword, connections, proxy, sshPrivateKey, sshKnownHosts } = inputs;
    return createRsyncMirror({
      ...common,
      rsyncPath,
      password: rsyncPassword,
      connections,
      proxy,
      ssh: { privateKey: sshPrivateKey, knownHosts: sshKnownHosts },
      hostsFolder: join(inputs.store.folder, 'v1', 'hosts'),
    });
  }
  if (scheme === 'file') {
    const { createFileMirror } = await import('../../mirror/file/file-mirror.ts');
    return createFileMirror(common);
  }
  if (bucket === INDEX_BUCKET) {
    const { openPackageIndex } = await import('../../mirror/package-index/open-index.ts');
    const lookup = {
      timeout: Math.min(timeout, DEFAULT_INDEX_TIMEOUT_SECONDS),
      retries: Math.min(retries, DEFAULT_INDEX_RETRIES),
    };
    return openPackageIndex({
      ...common,
      connections: undefined,
      ...(isDefault === true ? { lookup } : {}),
    });
  }
  const { createHttpsMirror } = await import('../../mirror/https/https-mirror.ts');
  return createHttpsMirror({ ...common, connections: undefined });
}
