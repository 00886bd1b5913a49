import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { createDirectHandler } from './direct-handler.ts';
import type { S3Location } from './location.ts';

/** Requests at once, and so sockets that are kept open. */
export const SOCKETS = 32;
/** Milliseconds for a connection to come about. */
const CONNECT_PATIENCE = 5_000;
/** Tries of one request, the first included; the SDK waits longer and longer between them. */
const TRIES = 4;

/**
 * A client of the AWS SDK for the store. The SDK is loaded here and nowhere else.
 *
 * @param patience milliseconds without a byte after which a connection is given up.
 */
export async function createClient(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
  patience: number,
): Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> {
  const sdk = await import('@aws-sdk/client-s3');
  const region =
    location.region ??
    environment['AWS_REGION'] ??
    environment['AWS_DEFAULT_REGION'] ??
    // Stores other than AWS have no regions, but a signature names one.
    (location.endpoint === undefined ? undefined : 'us-east-1');
  const agent = { keepAlive: true, maxSockets: SOCKETS, noDelay: true, proxyEnv: environment };
  const config: S3ClientConfig = {
    maxAttempts: TRIES,
    forcePathStyle: location.pathStyle,
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
    ...fixedCredentials(environment),
  };
  const ordinary = new sdk.S3Client(config);
  if (needsProxy(environment)) return { sdk, client: ordinary };
  const handler = createDirectHandler(ordinary.config.requestHandler, {
    connectPatience: CONNECT_PATIENCE,
    patience,
  });
  return { sdk, client: new sdk.S3Client({ ...config, requestHandler: handler }) };
}

/** Whoever sets one of these wants Node's own client, which knows proxies, to make the connections. */
function needsProxy(environment: NodeJS.ProcessEnv): boolean {
  return ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some(
    (name) => environment[name],
  );
}

/** The job's own variables; without them the SDK looks where every AWS program looks: profiles, web identity, containers, machines. */
function fixedCredentials(environment: NodeJS.ProcessEnv): Pick<S3ClientConfig, 'credentials'> {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey || environment['AWS_PROFILE']) return {};
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}
