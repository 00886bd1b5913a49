import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { createBoundedHandler } from '../http/bounded-handler.ts';
import { createDirectHandler } from '../http/direct-handler.ts';
import { CONNECT_PATIENCE, type DirectPool } from '../http/direct-pool.ts';
import { proxiesFor } from '../http/proxy.ts';
import type { S3Location } from '../location/location.ts';
import { regionOf } from '../location/region.ts';
import { keysOf } from './credentials.ts';

/** Requests at once, and so sockets that are kept open. */
export const SOCKETS = 32;
/** Tries of one request, the first included; the SDK waits longer and longer between them. */
const TRIES = 4;

/**
 * A client of the AWS SDK for the store. The SDK is loaded here and nowhere else.
 *
 * @param patience milliseconds without a byte after which a connection is given up.
 * @param pool for requests of ranges; undefined where Node's own client must make all connections.
 */
export async function createClient(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  patience: number,
  pool: DirectPool | undefined,
): Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> {
  const sdk = await import('@aws-sdk/client-s3');
  const region = regionOf(location, environment);
  const keys = keysOf(environment);
  const agent = {
    keepAlive: true,
    maxSockets: SOCKETS,
    noDelay: true,
    proxyEnv: proxiesFor(location, environment) ?? {},
  };
  const config: S3ClientConfig = {
    maxAttempts: TRIES,
    forcePathStyle: location.pathStyle ?? false,
    // Many stores refuse or ignore the SDK's CRC32 trailers, and every file is held to its sha256 anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Some stores never answer `Expect: 100-continue`, and the SDK waits six seconds for it.
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_PATIENCE,
      socketTimeout: patience,
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
      ? createBoundedHandler(requestHandler, patience)
      : createBoundedHandler(createDirectHandler(requestHandler, pool), patience);
  return { sdk, client: new sdk.S3Client({ ...config, requestHandler: handler }) };
}
