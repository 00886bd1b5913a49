import { createDirectPool } from '../http/direct-pool.ts';
import { createDirectReads } from '../http/direct-reads.ts';
import { resolveProxyEnvironment } from '../http/proxy.ts';
import type { S3Location } from '../location/location.ts';
import type { Bucket } from './bucket.ts';

/**
 * A bucket that is read directly where that can be done, and over the AWS SDK otherwise. The SDK is loaded with the first
 * request that needs it: that costs 0.15 s of a processor, a quarter of what restoring 1 GiB costs.
 *
 * @param idleTimeoutMs milliseconds without a byte after which a connection is given up.
 */
export function openBucket(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  idleTimeoutMs: number,
): Bucket {
  const proxies = resolveProxyEnvironment(location, environment);
  const pool = proxies === undefined ? createDirectPool(idleTimeoutMs) : undefined;
  const reads = pool && createDirectReads({ location, environment, idleTimeoutMs, pool });
  let loaded: Promise<Bucket> | undefined;
  const sdk = (): Promise<Bucket> => {
    loaded ??= import('./sdk-bucket.ts').then(({ openSdkBucket }) =>
      openSdkBucket(location, environment, idleTimeoutMs, pool),
    );
    return loaded;
  };

  return {
    getObject: async (...asked) =>
      (await reads?.getObject(...asked)) ?? (await sdk()).getObject(...asked),
    listObjects: async (...asked) =>
      (await reads?.listObjects(...asked)) ?? (await sdk()).listObjects(...asked),
    headObject: async (...asked) => (await sdk()).headObject(...asked),
    putObject: async (...asked) => (await sdk()).putObject(...asked),
    deleteObject: async (...asked) => (await sdk()).deleteObject(...asked),
    startUpload: async (...asked) => (await sdk()).startUpload(...asked),
    uploadPart: async (...asked) => (await sdk()).uploadPart(...asked),
    completeUpload: async (...asked) => (await sdk()).completeUpload(...asked),
    abortUpload: async (...asked) => (await sdk()).abortUpload(...asked),
  };
}
