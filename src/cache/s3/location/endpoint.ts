import type { S3Location } from './location.ts';

/**
 * The location with the endpoint that the usual variables name, when its address names none: whether a bucket stands in the
 * path, what a region is and whether a proxy is asked depends on the store that is really spoken to.
 *
 * One with a path, or that is no address at all, is left to the SDK, which reads the same variables
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html); so is the `endpoint_url` of a profile.
 */
export function resolveEndpoint(location: S3Location, environment: NodeJS.ProcessEnv): S3Location {
  if (location.endpoint !== undefined) return location;
  const ignored = environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  const written = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  if (ignored || !written) return location;
  return { ...location, endpoint: parseOrigin(written), pathStyle: location.pathStyle ?? true };
}

function parseOrigin(written: string): string | undefined {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  // Credentials in it would be printed with it.
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  const isHost = `${url.pathname}${url.search}${url.hash}` === '/';
  return isHost && ['http:', 'https:'].includes(url.protocol) ? url.origin : undefined;
}
