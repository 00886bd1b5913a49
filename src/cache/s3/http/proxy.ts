import { silentLog } from '../../../platform/log.ts';
import { isProxied, readWebProxies } from '../../../platform/proxy/web-proxy.ts';
import type { S3Location } from '../location/location.ts';
import { resolveRegion } from '../location/region.ts';

/**
 * Returns the proxy variables for Node's agents if the connections to a store lead through a proxy of the environment: then
 * Node's own client, which knows proxies, must make them. Undefined if they lead there directly.
 */
export function resolveProxyEnvironment(
  location: S3Location,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv | undefined {
  if (!isProxied(resolveAddress(location, environment), environment)) return undefined;
  const exceptions = environment['no_proxy'] || environment['NO_PROXY'];
  return {
    ...readWebProxies(environment, silentLog),
    // A profile may name an endpoint that is not known here: Node decides for it.
    ...(exceptions ? { no_proxy: exceptions } : {}),
  };
}

/** Where requests go: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function resolveAddress(location: S3Location, environment: NodeJS.ProcessEnv): URL {
  const { endpoint, bucket, pathStyle } = location;
  const region = resolveRegion(location, environment);
  const domain = region?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const service = region === undefined ? `s3.${domain}` : `s3.${region}.${domain}`;
  const url = new URL(endpoint ?? `https://${service}`);
  if (pathStyle !== true && URL.canParse(`${url.protocol}//${bucket}.${url.host}`)) {
    url.hostname = `${bucket}.${url.hostname}`;
  }
  return url;
}
