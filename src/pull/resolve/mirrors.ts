import { INDEX_BUCKET, PIP_CONFIGURED_INDEX } from '../../bucket/buckets.ts';
import type { Inputs, MirrorLine } from '../../inputs/inputs.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { createBucketPredicate } from '../../mirror/serves.ts';
import { TfcacheError } from '../../platform/error.ts';
import { getHostsFolder } from '../../store/open-store.ts';
import type { RunContext } from '../types.ts';

/** The mirrors of a run. A mirror is loaded and contacted when it is used first. */
export interface Mirrors {
  /** An upper limit of the number of mirrors of one bucket. */
  readonly maxTierCount: number;
  /** Returns the URLs of the mirrors of a bucket, for messages. */
  describeUrls(bucket: string): string;
  /** Returns the mirrors that serve some buckets, in the order of the input `mirrors`. */
  listPositions(buckets: readonly string[]): readonly MirrorPosition[];
  /**
   * Opens the mirrors that serve a bucket, in order of preference; at least one. A mirror that cannot be opened is marked
   * unusable.
   *
   * @throws TfcacheError `mirror-missing` if no line of `mirrors` serves the bucket; `not-cached` if the run is offline
   */
  openFor(bucket: string): Promise<readonly Mirror[]>;
  /** Marks a mirror as unusable in this run. */
  markUnusable(mirror: Mirror, error: TfcacheError): void;
  /** Returns why a mirror is unusable; undefined if it is not. */
  getFailure(mirror: Mirror): TfcacheError | undefined;
}

/** A mirror among those of its bucket. */
export interface MirrorPosition {
  bucket: string;
  /** Position among the mirrors of the bucket. */
  tier: number;
  /** True if it belongs to the default of the input `mirrors`. */
  isDefault: boolean;
}

export function openMirrors(inputs: Inputs, runContext: RunContext): Mirrors {
  const opened = new Map<MirrorLine, Promise<Mirror>>();
  const failures = new Map<Mirror, TfcacheError>();
  const pipUrls = new Map<MirrorLine, string>();

  function openOnce(line: MirrorLine): Promise<Mirror> {
    const mirror = opened.get(line) ?? openOrMarkUnusable(line);
    opened.set(line, mirror);
    return mirror;
  }

  async function openOrMarkUnusable(line: MirrorLine): Promise<Mirror> {
    try {
      const mirror = await openMirror(line, inputs, runContext);
      if (line.url === PIP_CONFIGURED_INDEX) pipUrls.set(line, mirror.url);
      return mirror;
    } catch (error) {
      if (!(error instanceof TfcacheError)) throw error;
      const mirror = createUnusableMirror(line, error);
      failures.set(mirror, error);
      return mirror;
    }
  }

  // The URL of pip's index is known only after it is opened.
  const formatUrl = (line: MirrorLine): string =>
    line.url === PIP_CONFIGURED_INDEX
      ? (pipUrls.get(line) ?? `${INDEX_BUCKET}=${PIP_CONFIGURED_INDEX}`)
      : removeUser(line.url);
  const listLines = (bucket: string): MirrorLine[] =>
    inputs.mirrors.filter(
      (line) => line.bucket === bucket || (line.bucket === undefined && bucket !== INDEX_BUCKET),
    );
  return {
    maxTierCount: Math.max(1, inputs.mirrors.length),
    describeUrls: (bucket) =>
      listLines(bucket)
        .map((line) => formatUrl(line).replaceAll('{bucket}', bucket))
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
      return Promise.all(lines.map(openOnce));
    },
    markUnusable: (mirror, error) => failures.set(mirror, error),
    getFailure: (mirror) => failures.get(mirror),
  };
}

function createOfflineError(bucket: string): TfcacheError {
  return new TfcacheError('not-cached', `Offline: mirrors of the bucket ${bucket} are not used.`, {
    hint: 'Run this job once with offline: false and lock-file set, so that all files are locked and cached.',
  });
}

function createNotServedError(bucket: string, inputs: Inputs): TfcacheError {
  return new TfcacheError('mirror-missing', `No mirror serves the bucket ${bucket}.`, {
    where: inputs.mirrors.map((line) => removeUser(line.url)).join(', ') || 'input mirrors (empty)',
    hint: `Add a line to mirrors: rsync://mirror.example/{bucket}/ or ${bucket}=https://mirror.example/folder/`,
  });
}

/** Creates a mirror whose methods throw why it cannot be opened, so that the next mirrors are tried. */
function createUnusableMirror({ url, bucket }: MirrorLine, error: TfcacheError): Mirror {
  const fail = (): Promise<never> => Promise.reject(error);
  return {
    url: removeUser(url),
    serves: createBucketPredicate(bucket),
    listFolders: fail,
    listTree: fail,
    fetch: fail,
  };
}

/** Removes user name and password from a URL. */
function removeUser(url: string): string {
  // Up to the last @ before the path, because a password may contain one.
  return url.replace(/:\/\/[^/]*@/, '://');
}

/** Short, because a network may block the default index, which the user did not configure. */
const DEFAULT_INDEX_TIMEOUT_SECONDS = 20;
const DEFAULT_INDEX_RETRIES = 1;

/** Opens the mirror of a line of `mirrors`. Loads its transport on demand. */
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
      hostsFolder: getHostsFolder(inputs.store.folder),
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
