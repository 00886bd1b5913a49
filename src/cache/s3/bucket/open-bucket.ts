import { createDirectPool } from '../http/direct-pool.ts';
import { createDirectReads } from '../http/direct-reads.ts';
import { proxiesFor } from '../http/proxy.ts';
import type { S3Location } from '../location/location.ts';
import type { Bucket } from './bucket.ts';

/**
 * A bucket that is read directly where that can be done, and over the AWS SDK otherwise. The SDK is loaded with the first
 * request that needs it: that costs 0.15 s of a processor, a quarter of what restoring 1 GiB costs.
 *
 * @param patience milliseconds without a byte after which a connection is given up.
 */
export function openBucket(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  patience: number,
): Bucket {
  const proxies = proxiesFor(location, environment);
  const pool = proxies === undefined ? createDirectPool(patience) : undefined;
  const reads = pool && createDirectReads({ location, environment, patience, pool });
  let loaded: Promise<Bucket> | undefined;
  const sdk = (): Promise<Bucket> => {
    loaded ??= import('./sdk-bucket.ts').then(({ openSdkBucket }) =>
      openSdkBucket(location, environment, patience, pool),
    );
    return loaded;
  };

  return {
    get: async (...asked) => (await reads?.get(...asked)) ?? (await sdk()).get(...asked),
    list: async (...asked) => (await reads?.list(...asked)) ?? (await sdk()).list(...asked),
    head: async (...asked) => (await sdk()).head(...asked),
    put: async (...asked) => (await sdk()).put(...asked),
    remove: async (...asked) => (await sdk()).remove(...asked),
    startUpload: async (...asked) => (await sdk()).startUpload(...asked),
    uploadPart: async (...asked) => (await sdk()).uploadPart(...asked),
    completeUpload: async (...asked) => (await sdk()).completeUpload(...asked),
    abortUpload: async (...asked) => (await sdk()).abortUpload(...asked),
  };
}
