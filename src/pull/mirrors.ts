import { TfcacheError } from '../error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { Surroundings } from './types.ts';

/** The mirrors of a run; none is loaded or contacted before a bucket is asked for. */
export interface Mirrors {
  /** @throws TfcacheError `no-mirror` when no line of `mirrors` serves the bucket or the run is offline. */
  for(bucket: string): Mirror;
}

/** @throws TfcacheError `usage` for a line that cannot be used. */
export async function openMirrors(inputs: Inputs, surroundings: Surroundings): Promise<Mirrors> {
  if (inputs.offline) {
    return {
      for(bucket) {
        throw new TfcacheError('no-mirror', `Offline: no mirror is asked for bucket ${bucket}.`, {
          hint: 'Run once with offline: false and a lock-file, so that everything is locked and cached.',
        });
      },
    };
  }
  const { createRsyncMirror } = await import('../mirror/rsync/rsync-mirror.ts');
  const usable = inputs.mirrors.filter((line) => line.unsupported === undefined);
  const opened = usable.map((line) =>
    createRsyncMirror({
      url: line.url,
      bucket: line.bucket,
      rsyncPath: inputs.rsyncPath,
      timeout: inputs.timeout,
      retries: inputs.retries,
      bandwidthLimit: inputs.bandwidthLimit,
      password: inputs.rsyncPassword,
      environment: surroundings.environment,
      log: surroundings.log,
    }),
  );
  return {
    for(bucket) {
      const mirror = opened.find((candidate) => candidate.serves(bucket));
      if (mirror !== undefined) return mirror;
      const unusable = inputs.mirrors.find((line) => line.unsupported !== undefined);
      throw new TfcacheError('no-mirror', `No usable mirror serves the bucket ${bucket}.`, {
        ...(unusable?.unsupported === undefined ? {} : { found: unusable.unsupported }),
        where: inputs.mirrors.map((line) => line.url).join(', ') || 'input mirrors (empty)',
        hint: `Add a line to mirrors: rsync://your.mirror/{bucket}/ or ${bucket}=rsync://your.mirror/module/`,
      });
    },
  };
}
