import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { createBoundedHandler } from '../http/bounded-handler.ts';
import { createDirectHandler } from '../http/direct-handler.ts';
import { CONNECT_TIMEOUT_MS, type DirectPool } from '../http/direct-pool.ts';
import { resolveProxyEnvironment } from '../http/proxy.ts';
import type { S3Location } from '../location/location.ts';
import { resolveRegion } from '../location/region.ts';
import { findCredentials } from './credentials.ts';

/** Concurrent requests, and therefore sockets that are kept open. */
export const MAX_SOCKET_COUNT = 32;
/** Attempts of one request, including the first. The SDK increases the pause between them. */
const MAX_ATTEMPTS = 4;

/**
 * Creates a client of the AWS SDK for the store. Only this function loads the SDK.
 *
 * @param idleTimeoutMs the time without a byte after which a connection is closed.
 * @param pool for requests of ranges; undefined where Node's own client must make all connections.
 */
export async function createSdkClient(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  idleTimeoutMs: number,
  pool: DirectPool | undefined,
): Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> {
  const sdk = await import('@aws-sdk/client-s3');
  const region = resolveRegion(location, environment);
  const keys = findCredentials(environment);
  const agent = {
    keepAlive: true,
    maxSockets: MAX_SOCKET_COUNT,
    noDelay: true,
    proxyEnv: resolveProxyEnvironment(location, environment) ?? {},
  };
  const config: S3ClientConfig = {
    maxAttempts: MAX_ATTEMPTS,
    forcePathStyle: location.pathStyle ?? false,
    // Many stores refuse or ignore the SDK's CRC32 trailers, and the sha256 of every file is verified anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Some stores never respond to `Expect: 100-continue`, for which the SDK waits six seconds.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: idleTimeoutMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
    ...(region === undefined ? {} : { region }),
    ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint }),
    ...(keys === undefined ? {} : { credentials: keys }),
  };
  const ordinary = new sdk.S3Client(config);
  const { requestHandler } = ordinary.config;
  const handler =
    pool === undefined
      ? createBoundedHandler(requestHandler, idleTimeoutMs)
      : createBoundedHandler(createDirectHandler(requestHandler, pool), idleTimeoutMs);
  return { sdk, client: new sdk.S3Client({ ...config, requestHandler: handler }) };
}
