import { createDirectPool } from '../http/direct-pool.ts';
import { createDirectReads } from '../http/direct-reads.ts';
import { resolveProxyEnvironment } from '../http/proxy.ts';
import type { S3Location } from '../location/location.ts';
import type { Bucket } from './bucket.ts';

/**
 * Opens a bucket that is read directly if possible, and through the AWS SDK otherwise. The SDK is loaded with the first
 * request that needs it, because loading takes 0.15 s of processor time, a quarter of a restore of 1 GiB.
 *
 * @param idleTimeoutMs the time without a byte after which a connection is closed.
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
    getObject: async (...parameters) =>
      (await reads?.getObject(...parameters)) ?? (await sdk()).getObject(...parameters),
    listObjects: async (...parameters) =>
      (await reads?.listObjects(...parameters)) ?? (await sdk()).listObjects(...parameters),
    headObject: async (...parameters) => (await sdk()).headObject(...parameters),
    putObject: async (...parameters) => (await sdk()).putObject(...parameters),
    deleteObject: async (...parameters) => (await sdk()).deleteObject(...parameters),
    startUpload: async (...parameters) => (await sdk()).startUpload(...parameters),
    uploadPart: async (...parameters) => (await sdk()).uploadPart(...parameters),
    completeUpload: async (...parameters) => (await sdk()).completeUpload(...parameters),
    abortUpload: async (...parameters) => (await sdk()).abortUpload(...parameters),
  };
}
