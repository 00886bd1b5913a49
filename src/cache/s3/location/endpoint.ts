import type { S3Location } from './location.ts';

/**
 * Adds the endpoint of the AWS variables to a location without one. Path style, region and proxy depend on the actual store.
 *
 * An endpoint with a path, or that is not a URL, is left to the SDK, which reads the same variables
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). So is the `endpoint_url` of a profile.
 */
export function resolveEndpoint(location: S3Location, environment: NodeJS.ProcessEnv): S3Location {
  if (location.endpoint !== undefined) return location;
  const isIgnored = environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  const text = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  if (isIgnored || !text) return location;
  return { ...location, endpoint: parseOrigin(text), pathStyle: location.pathStyle ?? true };
}

function parseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Credentials in the endpoint would be printed with it.
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  const isHost = `${url.pathname}${url.search}${url.hash}` === '/';
  return isHost && ['http:', 'https:'].includes(url.protocol) ? url.origin : undefined;
}
