import { join } from 'node:path';
import { TfcacheError } from '../error.ts';
import type { Inputs, MirrorLine } from '../inputs/inputs.ts';
import type { Mirror } from '../mirror/mirror.ts';
import { INDEX_BUCKET } from '../request/bucket.ts';
import type { Surroundings } from './types.ts';

/** The mirrors of a run; none is loaded or contacted before it is asked for something. */
export interface Mirrors {
  /** How many there are at most for one bucket: how often a request may be tried. */
  readonly most: number;
  /** How many lines serve a bucket. */
  count(bucket: string): number;
  /** Where a bucket is looked for, for messages. */
  where(bucket: string): string;
  /**
   * Those that serve a bucket, in order of preference; at least one.
   *
   * @throws TfcacheError `configuration` when no line of `mirrors` serves the bucket or the run is offline.
   */
  for(bucket: string): Promise<readonly Mirror[]>;
  /** Remembers that a mirror cannot be reached; it is not asked again in this run. */
  giveUp(mirror: Mirror, error: TfcacheError): void;
  /** Why a mirror was given up, undefined while it may be asked. */
  givenUp(mirror: Mirror): TfcacheError | undefined;
}

export function openMirrors(inputs: Inputs, surroundings: Surroundings): Mirrors {
  const opened = new Map<MirrorLine, Promise<Mirror>>();
  const dead = new Map<Mirror, TfcacheError>();

  function open(line: MirrorLine): Promise<Mirror> {
    const known = opened.get(line) ?? openMirror(line, inputs, surroundings);
    opened.set(line, known);
    return known;
  }

  const serving = (bucket: string): MirrorLine[] =>
    inputs.mirrors.filter(
      (line) => line.bucket === bucket || (line.bucket === undefined && bucket !== INDEX_BUCKET),
    );
  return {
    most: Math.max(1, inputs.mirrors.length),
    count: (bucket) => serving(bucket).length,
    where: (bucket) =>
      serving(bucket)
        .map((line) => withoutUser(line.url).replaceAll('{bucket}', bucket))
        .join(', '),
    async for(bucket) {
      if (inputs.offline) throw offline(bucket);
      const lines = serving(bucket);
      if (lines.length === 0) throw notServed(bucket, inputs);
      return Promise.all(lines.map(open));
    },
    giveUp: (mirror, error) => dead.set(mirror, error),
    givenUp: (mirror) => dead.get(mirror),
  };
}

function offline(bucket: string): TfcacheError {
  return new TfcacheError('configuration', `Offline: no mirror is asked for bucket ${bucket}.`, {
    hint: 'Run once with offline: false and a lock-file, so that everything is locked and cached.',
  });
}

function notServed(bucket: string, inputs: Inputs): TfcacheError {
  return new TfcacheError('configuration', `No mirror serves the bucket ${bucket}.`, {
    where:
      inputs.mirrors.map((line) => withoutUser(line.url)).join(', ') || 'input mirrors (empty)',
    hint: `Add a line to mirrors: rsync://your.mirror/{bucket}/ or ${bucket}=https://your.mirror/folder/`,
  });
}

/** What may be shown of a URL. */
function withoutUser(url: string): string {
  // Up to the last @ before the path: a password may hold one.
  return url.replace(/:\/\/[^/]*@/, '://');
}

/** Each transport is loaded when a mirror of its kind is asked for something. */
async function openMirror(
  { url, bucket }: MirrorLine,
  inputs: Inputs,
  { environment, log }: Surroundings,
): Promise<Mirror> {
  const { timeout, retries, bandwidthLimit } = inputs;
  const common = { url, bucket, timeout, retries, bandwidthLimit, environment, log };
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  if (scheme === 'rsync' || scheme === 'ssh') {
    const { createRsyncMirror } = await import('../mirror/rsync/rsync-mirror.ts');
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
    const { createFileMirror } = await import('../mirror/file/file-mirror.ts');
    return createFileMirror(common);
  }
  if (bucket === INDEX_BUCKET) {
    const { openPackageIndex } = await import('../mirror/packages/open-index.ts');
    return openPackageIndex({ ...common, connections: undefined });
  }
  const { createHttpsMirror } = await import('../mirror/https/https-mirror.ts');
  return createHttpsMirror({ ...common, connections: undefined });
}
